// Elements without markup: text always becomes text, whatever it holds.

const SVG = 'http://www.w3.org/2000/svg';

function build(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) {
            continue;
        }
        if (name.startsWith('on')) {
            element.addEventListener(name.slice(2), value);
        } else if (name.startsWith('--')) {
            // By the object model: a style attribute is what the content security policy forbids.
            element.style.setProperty(name, value);
        } else if (name === 'value' || name === 'checked' || name === 'disabled') {
            element[name] = value;
        } else {
            element.setAttribute(name, value === true ? '' : value);
        }
    }
    element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
}

/** An element; children are nodes or text, and nothing where null or false. */
export function h(tag, attributes, ...children) {
    return build(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
export function svg(tag, attributes, ...children) {
    return build(document.createElementNS(SVG, tag), attributes, children);
}

/** A list's items as nodes, with a separator between each two. */
export function between(nodes, separator) {
    return nodes.flatMap((node, index) => (index === 0 ? [node] : [separator, node]));
}

const shown = new WeakMap();

/**
 * Shows something in place of what a container holds, unless it shows just that already. Focus and opened details are kept
 * where the new content has an element with the same data-key; a selection of text in progress is not disturbed.
 *
 * @param container the element to fill
 * @param data what the content depends on
 * @param content makes the nodes
 */
export function show(container, data, content) {
    const print = JSON.stringify(data) ?? '';
    if (shown.get(container) === print || isBeingSelected(container)) {
        return;
    }
    const focused = container.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    const open = [...container.querySelectorAll('details[open][data-key]')].map((details) => details.dataset.key);
    container.replaceChildren(...[content()].flat(3).filter(Boolean));
    for (const details of container.querySelectorAll('details[data-key]')) {
        details.open = details.open || open.includes(details.dataset.key);
    }
    if (focused) {
        container.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
    }
    shown.set(container, print);
}

/** Forgets what a container shows, so that the next call fills it whatever it held. */
export function forget(container) {
    shown.delete(container);
}

function isBeingSelected(container) {
    const selection = document.getSelection();
    return !selection.isCollapsed && selection.rangeCount > 0 && container.contains(selection.anchorNode);
}
