// The frame of all pages: which one the address names, the span of time, news from the server, when to ask anew.

import { Problem, get } from './api.js';
import { themeChanged } from './charts.js';
import { forget, h, svg } from './dom.js';
import * as format from './format.js';
import { Live } from './live.js';
import { problemState } from './parts.js';
import { SPANS, readChoice, refreshEvery, resolve } from './spans.js';
import { codesPage } from './pages/codes.js';
import { overviewPage } from './pages/overview.js';
import { placePage } from './pages/place.js';
import { replayPage, replaysPage } from './pages/replays.js';
import { suppressionsPage } from './pages/suppressions.js';

/** A relative span moves on even when no events arrive. */
const AT_LEAST_EVERY = 30_000;
const RETRY = 3_000;

/** Parameters that links between pages take along. */
const KEPT = ['span', 'from', 'to', 'tenant'];

const main = document.getElementById('main');

const ROUTES = [
    { pattern: /^\/$/, name: 'overview', page: overviewPage },
    { pattern: /^\/domains\/([^/]+)\/?$/, name: 'domain', page: (context, id) => placePage(context, 'domain', id) },
    { pattern: /^\/providers\/([^/]+)\/?$/, name: 'provider', page: (context, id) => placePage(context, 'provider', id) },
    { pattern: /^\/codes\/?$/, name: 'codes', page: codesPage },
    { pattern: /^\/replays\/?$/, name: 'replays', page: replaysPage },
    { pattern: /^\/replays\/([^/]+)\/?$/, name: 'replay', page: replayPage },
    { pattern: /^\/suppressions\/?$/, name: 'suppressions', page: suppressionsPage },
];

/** Pages that the frame has no link to, and the one that they are beneath. */
const BENEATH = { domain: 'overview', provider: 'overview', replay: 'replays' };

/** Time of the newest event that any answer has told of; undefined while none has. */
let watermark;
let current = null;

/** What pages are given: the address, the span, the tenant, and ways to go elsewhere. */
const context = {
    query: () => new URLSearchParams(location.search),
    tenant: () => context.query().get('tenant')?.trim() || null,
    span: () => resolve(readChoice(context.query()), Date.now(), watermark ?? null),
    watermark: () => watermark ?? null,
    note(answer) {
        if (answer && 'watermark' in answer) {
            watermark = answer.watermark === null ? null : Date.parse(answer.watermark);
        }
        return answer;
    },
    /** A link to a page that keeps span and tenant. */
    href(path, parameters = {}) {
        const query = new URLSearchParams();
        const here = context.query();
        KEPT.filter((name) => here.get(name)).forEach((name) => query.set(name, here.get(name)));
        Object.entries(parameters).forEach(([name, value]) => (value === null ? query.delete(name) : query.set(name, value)));
        return query.size > 0 ? `${path}?${query}` : path;
    },
    domainHref: (domain) => context.href(`/domains/${encodeURIComponent(domain)}`),
    providerHref: (provider) => context.href(`/providers/${encodeURIComponent(provider)}`),
    go: (href, state = null) => go(href, state),
    /** Changes the query in place and asks anew; null takes a parameter away. */
    change(parameters, { replace = false } = {}) {
        const href = context.href(location.pathname, { ...Object.fromEntries(context.query()), ...parameters });
        history[replace ? 'replaceState' : 'pushState'](history.state, '', href);
        keepInLinks();
        current?.controls?.();
        refresh({ anew: true });
    },
    refresh: () => refresh({ anew: true }),
    title(text) {
        document.title = text ? `${text} · Rebound` : 'Rebound';
    },
    controls: (parts) => controls(parts),
    zoom: (from, to) => context.change({ span: null, from: new Date(from).toISOString(), to: new Date(to).toISOString() }),
};

// Going from page to page

function go(href, state = null) {
    history.replaceState({ ...history.state, scroll: scrollY }, '');
    history.pushState(state, '', href);
    open({ focus: true });
}

function open({ focus = false, scroll = 0 } = {}) {
    current?.stop();
    const route = ROUTES.find(({ pattern }) => pattern.test(location.pathname));
    const parameters = route ? route.pattern.exec(location.pathname).slice(1).map(decoded) : [];
    document.querySelectorAll('nav [data-page]').forEach((link) => {
        const here = link.dataset.page === route?.name || link.dataset.page === BENEATH[route?.name];
        link.toggleAttribute('aria-current', here);
        if (here) {
            link.setAttribute('aria-current', link.dataset.page === route.name ? 'page' : 'true');
        }
    });
    keepInLinks();
    forget(main);
    if (!route) {
        context.title('Not found');
        main.replaceChildren(
            h(
                'div',
                { class: 'page' },
                h('h1', { tabindex: '-1' }, 'Nothing is here'),
                h('p', {}, h('a', { href: '/' }, 'To the overview')),
            ),
        );
        current = null;
        return;
    }
    const page = route.page(context, ...parameters);
    const body = h('div', { class: `page page-${route.name}` }, page.nodes);
    const trouble = h('div', { class: 'trouble' });
    main.replaceChildren(trouble, body);
    current = new Loading(page, body, trouble, scroll);
    if (focus) {
        window.scrollTo(0, 0);
        main.querySelector('h1')?.focus({ preventScroll: true });
    }
    current.load();
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** Links of the frame keep span and tenant, too. */
function keepInLinks() {
    document.querySelectorAll('a[data-keep]').forEach((link) => {
        link.href = context.href(new URL(link.href).pathname);
    });
}

document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href]');
    if (
        !link ||
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey ||
        link.target ||
        link.hasAttribute('download') ||
        link.origin !== location.origin ||
        link.hash ||
        !ROUTES.some(({ pattern }) => pattern.test(link.pathname))
    ) {
        return;
    }
    event.preventDefault();
    go(link.href, link.dataset.state ? JSON.parse(link.dataset.state) : null);
});

window.addEventListener('popstate', () => open({ focus: true, scroll: history.state?.scroll ?? 0 }));
history.scrollRestoration = 'manual';

// Loading a page, and loading it anew

/** A page that is shown: loads it, again when there is news, and shows what is in the way. */
class Loading {
    #page;
    #body;
    #trouble;
    #scroll;
    #abort = null;
    #timer = null;
    #last = 0;
    #wanted = false;
    #stopped = false;
    #shown = false;

    constructor(page, body, trouble, scroll) {
        this.#page = page;
        this.#body = body;
        this.#trouble = trouble;
        this.#scroll = scroll;
        this.controls = page.controls;
    }

    stop() {
        this.#stopped = true;
        clearTimeout(this.#timer);
        this.#abort?.abort();
        this.#page.close?.();
    }

    /** News: asks anew as soon as the span is worth it. */
    news() {
        if (!this.#page.live || this.#stopped) {
            return;
        }
        this.#wanted = true;
        if (!this.#abort) {
            this.#schedule(Math.max(0, this.#last + refreshEvery(context.span()) - Date.now()));
        }
    }

    #schedule(pause) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
            if (!document.hidden) {
                this.load();
            }
        }, pause);
    }

    async load({ anew = false } = {}) {
        if (this.#abort && !anew) {
            this.#wanted = true;
            return;
        }
        this.#abort?.abort();
        clearTimeout(this.#timer);
        const abort = new AbortController();
        this.#abort = abort;
        this.#wanted = false;
        this.#body.classList.toggle('renewing', anew && this.#shown);
        let pause;
        try {
            if (this.#page.live && watermark === undefined) {
                await this.#askForWatermark(abort.signal);
            }
            await this.#page.load(abort.signal);
            if (this.#abort !== abort || this.#stopped) {
                return;
            }
            pause = this.#page.every?.() ?? AT_LEAST_EVERY;
            this.#shown = true;
            this.#body.hidden = false;
            this.#trouble.replaceChildren();
            if (this.#scroll) {
                window.scrollTo(0, this.#scroll);
                this.#scroll = 0;
            }
        } catch (e) {
            if (this.#abort !== abort || this.#stopped || e.name === 'AbortError') {
                return;
            }
            pause = this.#fail(e);
        }
        this.#abort = null;
        this.#body.classList.remove('renewing');
        this.#last = Date.now();
        if (pause !== null && (this.#page.live || pause < AT_LEAST_EVERY)) {
            this.#schedule(this.#wanted ? refreshEvery(context.span()) : pause);
        }
    }

    /** Where events end decides where the span ends; once known, every answer tells it. */
    async #askForWatermark(signal) {
        const minute = new Date(Math.floor(Date.now() / 60_000) * 60_000).toISOString();
        context.note(await get('/api/v1/overview', { from: minute }, signal));
    }

    /** What was shown stays, and a line says that it is old; where nothing was, the state fills the page. */
    #fail(problem) {
        const retry = () => refresh({ anew: true });
        const passing = problem instanceof Problem && problem.passing;
        const pause = passing
            ? Math.max(RETRY, (problem.retryAfter ?? 0) * 1000)
            : problem.locked || !(problem instanceof Problem)
              ? null
              : AT_LEAST_EVERY;
        if (this.#shown && (passing || problem.status >= 500)) {
            this.#trouble.replaceChildren(
                h(
                    'p',
                    { class: 'banner', role: 'status' },
                    `Not up to date: ${problem.status === 0 ? 'the server cannot be reached' : (problem.title || problem.detail).toLowerCase()}. Trying again.`,
                ),
            );
            return pause;
        }
        this.#shown = false;
        this.#body.hidden = true;
        const key = `${problem.status} ${problem.type} ${problem.wrongToken} ${problem.detail}`;
        if (this.#trouble.dataset.problem !== key || this.#trouble.childElementCount === 0) {
            this.#trouble.dataset.problem = key;
            this.#trouble.replaceChildren(problemState(problem, retry, 'h1'));
        }
        return pause;
    }
}

function refresh({ anew = false } = {}) {
    current?.load({ anew });
}

// Span and tenant

const INPUT_TIME = (millis) => {
    const date = new Date(millis);
    return new Date(millis - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** The controls of a page with figures: span, tenant, and what span that is. */
function controls({ tenant = true } = {}) {
    const buttons = SPANS.map((span) =>
        h(
            'button',
            {
                type: 'button',
                'data-span': span.key,
                'aria-label': span.key === 'all' ? 'All time' : `Last ${span.says}`,
                onclick: () => context.change({ span: span.key, from: null, to: null }),
            },
            span.name,
        ),
    );
    const from = h('input', { type: 'datetime-local', id: 'from' });
    const to = h('input', { type: 'datetime-local', id: 'to' });
    const custom = h(
        'details',
        { class: 'custom' },
        h('summary', {}, 'Custom'),
        h(
            'form',
            {
                class: 'custom-form',
                onsubmit: (event) => {
                    event.preventDefault();
                    const [begin, end] = [Date.parse(from.value), Date.parse(to.value)];
                    if (begin < end) {
                        custom.open = false;
                        context.zoom(begin, end);
                    } else {
                        to.setCustomValidity('The end has to be after the beginning');
                        to.reportValidity();
                    }
                },
                oninput: () => to.setCustomValidity(''),
            },
            h('label', { for: 'from' }, 'From'),
            from,
            h('label', { for: 'to' }, 'To'),
            to,
            h('button', { class: 'button primary' }, 'Show'),
        ),
    );
    const field = h('input', {
        id: 'tenant',
        type: 'text',
        placeholder: 'All tenants',
        autocomplete: 'off',
        autocapitalize: 'none',
        spellcheck: 'false',
        size: '14',
    });
    const form = h(
        'form',
        {
            class: 'tenant',
            role: 'search',
            onsubmit: (event) => {
                event.preventDefault();
                apply();
            },
        },
        h('label', { for: 'tenant', class: 'unseen' }, 'Tenant'),
        field,
    );
    const apply = () => {
        if (field.value.trim() !== (context.tenant() ?? '')) {
            context.change({ tenant: field.value.trim() || null });
        }
    };
    field.addEventListener('change', apply);
    const range = h('p', { class: 'range' });
    const element = h(
        'div',
        { class: 'controls' },
        h(
            'div',
            { class: 'controls-row' },
            h('div', { class: 'segments', role: 'group', 'aria-label': 'Span of time' }, buttons, custom),
            tenant && form,
        ),
        range,
    );
    const update = () => {
        const span = context.span();
        buttons.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.span === span.key)));
        custom.classList.toggle('on', span.key === 'custom');
        if (document.activeElement !== field) {
            field.value = context.tenant() ?? '';
        }
        if (span.from && !custom.open) {
            from.value = INPUT_TIME(Date.parse(span.from));
            to.value = INPUT_TIME(Date.parse(span.to));
        }
        range.replaceChildren(
            ...[
                span.from
                    ? h(
                          'span',
                          {},
                          `${format.time(span.from)} – ${format.time(span.to, { now: new Date(span.from) })} ${format.zone()}`,
                      )
                    : h('span', {}, 'Everything that is kept'),
                span.anchored && watermark
                    ? h(
                          'strong',
                          { class: 'stale' },
                          `No newer events than ${format.time(watermark, { seconds: true })}, ${format.since(watermark)}`,
                      )
                    : watermark && h('span', { class: 'upto' }, `events up to ${format.time(watermark, { seconds: true })}`),
            ].filter(Boolean),
        );
    };
    update();
    return { element, update };
}

document.addEventListener('click', (event) => {
    document.querySelectorAll('details.custom[open]').forEach((details) => {
        if (!details.contains(event.target)) {
            details.open = false;
        }
    });
});
document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
        const details = document.querySelector('details.custom[open]');
        if (details) {
            details.open = false;
            details.querySelector('summary').focus();
        }
    }
});

// The frame

const LIVE_WORDS = {
    live: ['Live', 'Figures follow the events as they are counted'],
    connecting: ['Connecting', 'Connecting to the server'],
    waiting: ['Reconnecting', 'The connection is lost; the next try follows by itself'],
    paused: ['Paused', 'Paused while the page cannot be seen'],
    locked: ['Locked', 'A token is needed'],
};

const live = new Live({
    onStatistics(data) {
        context.note(data);
        current?.controls?.();
        current?.news();
    },
    onState(state) {
        const badge = document.getElementById('live');
        badge.dataset.state = state;
        badge.title = LIVE_WORDS[state][1];
        document.getElementById('live-text').textContent = LIVE_WORDS[state][0];
    },
});

document.addEventListener('rebound:token', () => live.restart());
document.addEventListener('visibilitychange', () => {
    if (!document.hidden) {
        refresh();
    }
});

const go_to = document.getElementById('go-to');
document.getElementById('go').addEventListener('submit', (event) => {
    event.preventDefault();
    const domain = go_to.value.trim().toLowerCase().replace(/^.*@/, '').replace(/\.$/, '');
    if (domain) {
        go_to.value = '';
        go(context.domainHref(domain));
    }
});
document.addEventListener('keydown', (event) => {
    if (
        event.key === '/' &&
        !event.ctrlKey &&
        !event.metaKey &&
        !event.altKey &&
        !event.target.closest?.('input, textarea, select, dialog')
    ) {
        event.preventDefault();
        go_to.focus();
        go_to.select();
    }
});

const THEMES = ['system', 'light', 'dark'];
const THEME_GLYPHS = {
    system: 'M4 5h16v11H4zM9 20h6M12 16v4',
    light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19',
    dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
};
const themeButton = document.getElementById('theme');

function theme() {
    return document.documentElement.dataset.theme ?? 'system';
}

function showTheme() {
    themeButton.replaceChildren(
        svg('svg', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: THEME_GLYPHS[theme()] })),
    );
    themeButton.setAttribute('aria-label', `Colours: ${theme()}`);
    themeButton.title = `Colours: ${theme()}`;
}

themeButton.addEventListener('click', () => {
    const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
    if (next === 'system') {
        delete document.documentElement.dataset.theme;
    } else {
        document.documentElement.dataset.theme = next;
    }
    try {
        localStorage.setItem('rebound.theme', next);
    } catch {
        // Storage is switched off: the choice lasts until the page is left.
    }
    showTheme();
    themeChanged();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', themeChanged);

showTheme();
open();
live.restart();
