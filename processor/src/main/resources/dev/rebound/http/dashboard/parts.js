// Parts that several pages have: figures, lists with bars, badges, states.

import { Problem, keepToken } from './api.js';
import { line } from './charts.js';
import { between, h, svg } from './dom.js';
import * as format from './format.js';
import { apart } from './story.js';
import { CATEGORIES, OUTCOMES, SCOPES, SIDES, TROUBLES, categoryName, scopeOf, scopeOfCategory } from './words.js';

/** What stacked charts of attempts can show. */
export const CHART_VIEWS = [
    { key: 'outcomes', name: 'All attempts', parts: OUTCOMES.map(part) },
    { key: 'troubles', name: 'Trouble', parts: TROUBLES.map(part) },
    {
        key: 'scopes',
        name: 'Whose trouble',
        parts: SCOPES.map(({ key, name }) => ({ key: `scope.${key}`, name, colour: `scope-${key.toLowerCase()}` })),
    },
];

function part({ key, name }) {
    return { key, name, colour: `outcome-${key}` };
}

/** Adds a point of a series to a bar of a chart. */
export function addPoint(bar, point) {
    for (const { key } of OUTCOMES) {
        bar[key] = (bar[key] ?? 0) + point[key];
    }
    for (const name of ['attempts', 'messages', 'blocked']) {
        bar[name] = (bar[name] ?? 0) + point[name];
    }
    for (const [scope, events] of Object.entries(point.scopes ?? {})) {
        bar[`scope.${scope}`] = (bar[`scope.${scope}`] ?? 0) + events;
    }
}

/** A scope as a badge; the side it is on decides its colour's family. */
export function scopeBadge(key) {
    const scope = scopeOf(key);
    return h(
        'span',
        { class: 'badge', '--c': `var(--scope-${scope.key.toLowerCase()})` },
        h('i', { class: 'swatch' }),
        scope.name,
    );
}

/** A category with its scope's colour. */
export function categoryLabel(category) {
    return h(
        'span',
        { class: 'category', title: `${category}: ${scopeOfCategory(category).name}` },
        h('i', { class: 'swatch', '--c': `var(--scope-${scopeOfCategory(category).key.toLowerCase()})` }),
        categoryName(category),
    );
}

const FIGURES = [
    { key: 'attempts', name: 'Attempts', of: (f) => f.attempts, count: true, says: 'Events of any outcome' },
    {
        key: 'delivery',
        name: 'Delivered',
        of: (f) => f.rates.delivery,
        part: (f) => f.delivered,
        base: (f) => f.messages,
        good: 1,
        bar: (b) => ratio(b.delivered, b.messages),
        says: 'Of messages with a final outcome',
    },
    {
        key: 'deferral',
        name: 'Deferred',
        of: (f) => f.rates.deferral,
        part: (f) => f.deferred,
        base: (f) => f.attempts,
        good: -1,
        bar: (b) => ratio(b.deferred, b.attempts),
        says: 'Of all attempts: put off, to be tried again',
    },
    {
        key: 'bounce',
        name: 'Bounced',
        of: (f) => f.rates.bounce,
        part: (f) => f.soft + f.hard,
        base: (f) => f.messages,
        good: -1,
        bar: (b) => ratio(b.soft + b.hard, b.messages),
        says: 'Hard and soft, of messages with a final outcome',
    },
    {
        key: 'blocked',
        name: 'Blocked',
        of: (f) => f.rates.blocked,
        part: (f) => f.blocked,
        base: (f) => f.attempts,
        good: -1,
        bar: (b) => ratio(b.blocked, b.attempts),
        says: 'Deferred or bounced for reputation, content or sender, of all attempts',
    },
    {
        key: 'complaint',
        name: 'Complaints',
        of: (f) => f.rates.complaint,
        part: (f) => f.complained,
        base: (f) => f.delivered,
        good: -1,
        bar: (b) => ratio(b.complained, b.delivered),
        says: 'Of what was delivered',
    },
];

function ratio(a, b) {
    return b > 0 ? (a ?? 0) / b : null;
}

/**
 * The figures of a place or of everything, with what changed.
 *
 * @param now figures
 * @param before figures of the span before; null when not compared
 * @param bars bars of the chart, for the lines
 * @param versus what the span before is called
 */
export function figures(now, before, bars, versus) {
    return h(
        'dl',
        { class: 'figures' },
        FIGURES.map((figure) => {
            const value = figure.of(now);
            const values = bars.map((bar) => (figure.count ? (bar.attempts ?? 0) : figure.bar(bar)));
            return h(
                'div',
                { class: 'figure', 'data-figure': figure.key },
                h('dt', { title: figure.says }, figure.name),
                h(
                    'dd',
                    {
                        class: 'figure-value',
                        title: figure.count ? format.number(value) : `${format.number(figure.part(now))}. ${figure.says}`,
                    },
                    figure.count ? format.compact(value) : format.percent(value),
                ),
                h(
                    'dd',
                    { class: 'figure-more' },
                    change(figure, now, before, versus),
                    !figure.count && h('span', { class: 'figure-count' }, format.compact(figure.part(now))),
                ),
                h('dd', { class: 'figure-line', 'aria-hidden': 'true' }, line(values)),
            );
        }),
    );
}

function change(figure, now, before, versus) {
    if (!before || before.attempts === 0) {
        return h('span', { class: 'change' }, before ? `none ${versus} before` : '');
    }
    const value = figure.of(now);
    const old = figure.of(before);
    const text = value === null || old === null ? null : figure.count ? format.growth(value, old) : format.rateChange(value, old);
    if (!text) {
        return h('span', { class: 'change' }, text === null ? 'unchanged' : 'hardly any before');
    }
    const isBeyondChance =
        figure.good && Math.abs(apart(figure.part(now), figure.base(now), figure.part(before), figure.base(before))) >= 3;
    const tone = isBeyondChance ? (Math.sign(value - old) === figure.good ? 'good' : 'bad') : '';
    return h(
        'span',
        { class: `change ${tone}`, title: `${figure.count ? format.number(old) : format.percent(old)} in the ${versus} before` },
        text,
        tone && h('span', { class: 'unseen' }, tone === 'good' ? ' (better)' : ' (worse)'),
    );
}

/**
 * A list in which each entry has a bar.
 *
 * @param entries label (node), value, colour, and perhaps title
 */
export function barList(entries, { total, empty = 'None', limit = 8, key }) {
    if (entries.length === 0) {
        return h('p', { class: 'none' }, empty);
    }
    const most = Math.max(...entries.map((entry) => entry.value));
    const item = (entry) =>
        h(
            'li',
            { '--w': `${(entry.value / most) * 100}%`, '--c': entry.colour ?? 'var(--accent-quiet)' },
            h('span', { class: 'bar-label' }, entry.label),
            h('span', { class: 'bar-value', title: format.number(entry.value) }, format.compact(entry.value)),
            h('span', { class: 'bar-share' }, format.percent(format.share(entry.value, total))),
            h('span', { class: 'bar', 'aria-hidden': 'true' }),
        );
    const rest = entries.slice(limit);
    return [
        h('ul', { class: 'bars' }, entries.slice(0, limit).map(item)),
        rest.length > 0 &&
            h(
                'details',
                { class: 'more', 'data-key': key },
                h('summary', { 'data-key': `${key}-summary` }, `${rest.length} more`),
                h('ul', { class: 'bars' }, rest.map(item)),
            ),
    ];
}

/**
 * Whose trouble it is: one bar by scope, and what each side has.
 *
 * @param scopes events by scope, now
 * @param before the same of the span before; null when not compared
 * @param categories events by category
 */
export function whoseTrouble(scopes, before, categories) {
    const all = sum(Object.values(scopes));
    if (all === 0) {
        return h('p', { class: 'none' }, 'No trouble at all.');
    }
    const events = (side, from) => sum(SCOPES.filter((scope) => scope.side === side).map((scope) => from?.[scope.key] ?? 0));
    const allBefore = sum(Object.values(before ?? {}));
    const sides = Object.keys(SIDES).filter((side) => events(side, scopes) > 0);
    return [
        h(
            'div',
            { class: 'sides-bar', 'aria-hidden': 'true' },
            SCOPES.filter((scope) => scopes[scope.key] > 0).map((scope) =>
                h('span', {
                    class: 'sides-part',
                    '--grow': String(scopes[scope.key]),
                    '--c': `var(--scope-${scope.key.toLowerCase()})`,
                    title: `${scope.name}: ${format.number(scopes[scope.key])}`,
                }),
            ),
        ),
        h(
            'ul',
            { class: 'sides' },
            sides
                .sort((a, b) => events(b, scopes) - events(a, scopes))
                .map((side) => {
                    const count = events(side, scopes);
                    const changed = allBefore > 0 ? format.points(count / all, events(side, before) / allBefore) : null;
                    return h(
                        'li',
                        { class: 'side' },
                        h(
                            'div',
                            { class: 'side-head' },
                            h('h3', { title: SIDES[side].says }, SIDES[side].name),
                            h('b', {}, format.percent(count / all)),
                            h('span', { class: 'side-count' }, format.compact(count)),
                            changed && h('span', { class: 'change' }, changed),
                        ),
                        h(
                            'ul',
                            { class: 'side-scopes' },
                            SCOPES.filter((scope) => scope.side === side && scopes[scope.key] > 0).map((scope) =>
                                h(
                                    'li',
                                    {},
                                    h('i', { class: 'swatch', '--c': `var(--scope-${scope.key.toLowerCase()})` }),
                                    h('span', {}, scope.name),
                                    h('span', { class: 'side-why' }, topCategories(categories, scope.key)),
                                    h('span', { class: 'n' }, format.compact(scopes[scope.key])),
                                ),
                            ),
                        ),
                    );
                }),
        ),
    ];
}

function topCategories(categories, scope) {
    return Object.entries(categories)
        .filter(([category, events]) => events > 0 && scopeOfCategory(category).key === scope)
        .sort((a, b) => b[1] - a[1])
        .slice(0, 2)
        .map(([category]) => categoryName(category).toLowerCase())
        .join(', ');
}

/** Only what the figures say: a share of how many attempts, the share it is held against, and since when. */
const OLD_LIST = ' Many at once point to an old or bought list.';

export function findingText(finding, span) {
    if (finding.kind === 'category') {
        const old = finding.usual === 0 ? 'none' : format.percent(finding.usual);
        return (
            `${format.number(finding.count)} replies, ${format.percent(finding.share)} of all attempts, after ${old} in the ${span.says} before.` +
            (finding.category === 'BAD_MAILBOX' ? OLD_LIST : '')
        );
    }
    const share = finding.share > 0.995 ? 'All' : format.percent(finding.share);
    const usual =
        finding.against === 'span'
            ? `, ${format.percent(finding.usual)} in the rest of the span`
            : finding.against === 'before'
              ? `, ${format.percent(finding.usual)} in the ${span.says} before`
              : finding.against === 'rest'
                ? `, ${format.percent(finding.usual)} elsewhere`
                : ', as in the time before';
    const what =
        finding.outcome.key === 'complained'
            ? `${share} of ${format.number(finding.attempts)} events are complaints`
            : `${share} of ${format.number(finding.attempts)} attempts ${finding.outcome.verb}${finding.against === 'span' ? ` ${stretchText(finding.when)}` : ''}`;
    return `${what}${usual}.${finding.kind === 'scope' && finding.id === 'RECIPIENT' ? OLD_LIST : ''}`;
}

/** What a place did that does so no more, by the outcome that most came of it. */
const WAS = {
    deferred: 'put mail off for a while',
    hard: 'refused mail for a while',
    soft: 'failed to take mail for a while',
};

/** What a place does, in a few words that follow its name. */
export function placeDoes(finding) {
    if (finding.when?.to && finding.isNew) {
        return WAS[finding.outcome?.key] ?? 'had more failures for a while';
    }
    return CATEGORIES[finding.category]?.does ?? 'has more failures than usual';
}

function stretchText({ from, to }) {
    return from && to
        ? `from ${format.time(from)} to ${format.time(to)}`
        : from
          ? `since ${format.time(from)}`
          : `until ${format.time(to)}`;
}

/** Of a finding: category, whose side, and when. */
export function findingTags(finding) {
    const { when } = finding;
    const times =
        !when || (finding.against === 'span' && !when.to)
            ? null
            : when.to
              ? finding.against === 'span'
                  ? 'over'
                  : `${stretchText(when)}, over`
              : stretchText(when);
    return h(
        'span',
        { class: 'tags' },
        between(
            [
                finding.category && finding.kind !== 'category' && h('span', { class: 'tag code' }, finding.category),
                h(
                    'span',
                    {
                        class: 'tag side-tag',
                        '--c': `var(--scope-${finding.scope.key.toLowerCase()})`,
                        title: SIDES[finding.scope.side].says,
                    },
                    h('i', { class: 'swatch' }),
                    `${SIDES[finding.scope.side].name} · ${finding.scope.name.toLowerCase()}`,
                ),
                times && h('span', { class: 'tag when' }, times),
            ].filter(Boolean),
            ' ',
        ),
    );
}

const ENDED = { BOUNCED: 'Bounced', EXPIRED: 'Expired', COMPLAINED: 'Complained' };

/** A name with its value, for a list of facts. */
export function fact(name, value) {
    return h('div', {}, h('dt', {}, name), h('dd', {}, value));
}

/**
 * Events that count against an address, the first of them first.
 *
 * @param omitted so many more are between them
 */
export function timeline(evidence, omitted = 0) {
    const items = evidence.map((event) =>
        h(
            'li',
            {},
            h(
                'p',
                { class: 'evidence-head' },
                h('time', { datetime: event.eventTime }, format.timestamp(event.eventTime)),
                ' ',
                h('b', {}, ENDED[event.outcome] ?? event.outcome),
                ' ',
                categoryLabel(event.category),
                event.code && [' ', h('code', {}, event.code)],
            ),
            event.reply && h('p', { class: 'reply-text' }, event.reply),
            h(
                'p',
                { class: 'quiet-text', title: 'Where the event can be read again' },
                `${event.topic}, partition ${event.partition}, offset ${format.number(event.offset)}`,
            ),
        ),
    );
    if (omitted > 0) {
        items.splice(16, 0, h('li', { class: 'omitted' }, h('p', {}, `${format.number(omitted)} more between`)));
    }
    return h('ol', { class: 'timeline' }, items);
}

/** Sum of numbers. */
export function sum(values) {
    return values.reduce((total, value) => total + value, 0);
}

/** A card with a heading. */
export function card(title, { note, tools, id } = {}, ...content) {
    const head = h('h2', { id }, title);
    return h(
        'section',
        { class: 'card', 'aria-label': title },
        h(
            'div',
            { class: 'card-head' },
            h('div', {}, head, note && h('p', { class: 'note' }, note)),
            tools && h('div', { class: 'card-tools' }, tools),
        ),
        ...content,
    );
}

/** Grey shapes in place of what is still to come. */
export function skeleton(...kinds) {
    return kinds.map((kind) => h('div', { class: `skeleton skeleton-${kind}`, 'aria-hidden': 'true' }));
}

const GLYPHS = {
    empty: 'M4 13h4l2 3h4l2-3h4M6 5h12l3 8v6H3v-6z',
    error: 'M12 8v5m0 3.5v.01M12 3l9.5 17h-19z',
    locked: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v10H5z',
    starting: 'M12 3a9 9 0 1 0 9 9M12 7v5l3 2',
};

/** A page's or card's state, when there is nothing to show. */
export function state(kind, title, ...more) {
    return stateUnder('h2', kind, title, more);
}

function stateUnder(heading, kind, title, more) {
    return h(
        'div',
        { class: `state state-${kind}`, role: kind === 'error' ? 'alert' : 'status' },
        svg('svg', { viewBox: '0 0 24 24', class: 'state-glyph', 'aria-hidden': 'true' }, svg('path', { d: GLYPHS[kind] })),
        h(heading, {}, title),
        ...more,
    );
}

/**
 * What a problem looks like where something was to be shown.
 *
 * @param retry called when another try is worth it
 * @param heading its element: h1 where it takes the place of a page
 */
export function problemState(problem, retry, heading = 'h2') {
    const state = (kind, title, ...more) => stateUnder(heading, kind, title, more);
    if (!(problem instanceof Problem)) {
        console.error(problem);
        return state(
            'error',
            'The page has failed',
            h('p', {}, 'This is a fault of the page, not of the figures. Loading it anew may help.'),
            h('p', {}, h('button', { type: 'button', class: 'button', onclick: () => location.reload() }, 'Load anew')),
        );
    }
    if (problem.locked) {
        return problem.status === 401
            ? state(
                  'locked',
                  problem.wrongToken ? 'That is not the token' : 'A token is needed',
                  h('p', {}, 'This instance shows its figures to whoever has its token.'),
                  tokenForm(retry),
              )
            : state('locked', 'Not from here', h('p', {}, sentence(problem.detail)));
    }
    if (problem.status === 503 && problem.type === '/problems/not-ready') {
        return state(
            'starting',
            'Rebound is starting',
            h('p', {}, sentence(problem.detail)),
            h('p', { class: 'quiet-text' }, 'This page goes on by itself.'),
        );
    }
    if (problem.status === 503) {
        return state(
            'starting',
            problem.title || 'Not available right now',
            h('p', {}, sentence(problem.detail)),
            h('p', { class: 'quiet-text' }, 'This page tries again by itself.'),
        );
    }
    if (problem.status === 0) {
        return state(
            'error',
            'Rebound cannot be reached',
            h('p', {}, 'No answer from ', h('code', {}, location.host), '. Is the instance running?'),
            h('p', { class: 'quiet-text' }, 'This page tries again by itself.'),
        );
    }
    return state(
        'error',
        problem.title || 'That did not work',
        h('p', {}, sentence(problem.detail)),
        problem.errors.length > 0 &&
            h(
                'ul',
                {},
                problem.errors.map((one) =>
                    h('li', {}, h('code', {}, one.at ?? one.parameter ?? one.pointer ?? ''), ' ', one.detail),
                ),
            ),
        h('p', {}, h('button', { type: 'button', class: 'button', onclick: retry }, 'Try again')),
    );
}

/** A problem's detail as a sentence: capital letter, full stop. */
export function sentence(text) {
    if (!text) {
        return '';
    }
    return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

let tokens = 0;

/** Asks for the token; then is called when there is one. */
function tokenForm(then) {
    const id = `token-${++tokens}`;
    const input = h('input', { id, type: 'password', autocomplete: 'off', required: true, spellcheck: 'false' });
    return h(
        'form',
        {
            class: 'token-form',
            onsubmit: (event) => {
                event.preventDefault();
                if (input.value.trim()) {
                    keepToken(input.value.trim());
                    then();
                }
            },
        },
        h('label', { for: id }, 'Token'),
        h('div', { class: 'row' }, input, h('button', { class: 'button primary' }, 'Go on')),
        h(
            'p',
            { class: 'quiet-text' },
            'What ',
            h('code', {}, 'rebound.http.token'),
            ' or ',
            h('code', {}, 'rebound.http.token.file'),
            ' says. Kept in this tab until it is closed, and sent to this server only.',
        ),
    );
}

/**
 * Asks for the token over the page, before a change.
 *
 * @param wrong one was given, and it is not the right one
 * @returns a promise of true when there is one, of false when it was cancelled
 */
function askForToken(wrong) {
    return new Promise((resolve) => {
        const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' });
        const end = (given) => {
            dialog.close();
            dialog.remove();
            resolve(given);
        };
        dialog.append(
            h('h2', { id: 'dialog-title' }, wrong ? 'That is not the token' : 'A token is needed'),
            h('p', {}, 'Whoever changes something has to have it.'),
            tokenForm(() => end(true)),
            h('button', { type: 'button', class: 'quiet dialog-cancel', onclick: () => end(false) }, 'Cancel'),
        );
        dialog.addEventListener('cancel', () => end(false));
        document.body.append(dialog);
        dialog.showModal();
    });
}

/**
 * Changes something, and asks for the token as long as it is missing or wrong.
 *
 * @param send sends the request
 * @returns a promise of what it answers, of null when no token was given
 */
export async function withToken(send) {
    for (;;) {
        try {
            return await send();
        } catch (e) {
            if (!(e instanceof Problem) || e.status !== 401) {
                throw e;
            }
            if (!(await askForToken(e.wrongToken))) {
                return null;
            }
        }
    }
}

/**
 * Asks over the page whether something is really meant.
 *
 * @param title the question
 * @param content what will happen: nodes or text
 * @param button what the button that does it says
 * @returns a promise of whether it is
 */
export function confirmed(title, content, button) {
    return new Promise((resolve) => {
        const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'confirm-title' });
        const end = (meant) => {
            dialog.close();
            dialog.remove();
            resolve(meant);
        };
        dialog.append(
            h('h2', { id: 'confirm-title' }, title),
            h('div', { class: 'dialog-text' }, content),
            h(
                'div',
                { class: 'buttons' },
                h('button', { type: 'button', class: 'button danger', onclick: () => end(true) }, button),
                h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => end(false) }, 'Cancel'),
            ),
        );
        dialog.addEventListener('cancel', () => end(false));
        document.body.append(dialog);
        dialog.showModal();
    });
}
