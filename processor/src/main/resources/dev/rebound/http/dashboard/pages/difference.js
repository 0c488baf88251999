// What a replay came to, against live or another replay.

import { Problem, address, get, request } from '../api.js';
import { between, h } from '../dom.js';
import * as format from '../format.js';
import { barList, card, categoryLabel, fact, problemState, skeleton, sum, timeline } from '../parts.js';

const KINDS = ['hard', 'soft', 'none'];

const KIND_WORDS = { hard: 'hard', soft: 'soft', none: 'no bounce' };

const KIND_COLOURS = { hard: 'var(--outcome-hard)', soft: 'var(--outcome-soft)', none: 'var(--outcome-delivered)' };

const CHANGES = { added: 'suppressed', lifted: 'freed', changed: 'changed' };

/** Fields of a suppression whose names do not say it. */
const FIELDS = { since: 'beginning', expires: 'end', commandId: 'command', by: 'person', why: 'reason in words' };

/** Why suppressions were not compared. */
export const OUTSIDE = {
    evidence: 'a failure or complaint from before or beside the span counts too',
    failure: 'a failure or complaint after the span counts too',
    delivery: 'a delivery after the span counts too',
    contradiction: 'a message that came back after the span counts too',
    command: 'somebody decided about them after the span',
    filtered: 'events of theirs were left out by filters',
    erased: 'their address was erased',
};

/** So many are shown at first. */
const DOMAINS = 10;
const SUPPRESSIONS = 10;

/** The comparison of a replay: asks for it until it is there. */
export class Difference {
    #context;
    #path;
    #name;
    #against = null;
    #asked = null;
    #shown = null;
    #again = false;
    #failed = false;
    #others = null;
    #select;
    #body = h('div', { class: 'difference' });
    #tools;

    constructor(context, path, name) {
        this.#context = context;
        this.#path = path;
        this.#name = name;
        this.#select = h('select', {
            'aria-label': 'Compare with',
            onchange: () => context.change({ against: this.#select.value || null }, { replace: true }),
        });
        this.#tools = h('div', { class: 'difference-tools' });
        this.element = h('section', { class: 'difference-section', 'aria-label': 'Difference', hidden: true }, this.#tools, this.#body);
    }

    get isAgainstLive() {
        return this.#against === null;
    }

    /**
     * Shows it, or how far it is.
     *
     * @returns a promise of whether it is to be asked for again soon
     */
    async load(replay, signal) {
        this.#against = this.#context.query().get('against') || null;
        const asked = `${replay.id} ${this.#against ?? ''}`;
        if (this.#asked !== asked) {
            this.#asked = asked;
            this.#shown = null;
            this.#failed = false;
            this.#body.replaceChildren(h('div', { class: 'card' }, skeleton('headline', 'row', 'row')));
        }
        await this.#offerOthers(signal);
        if ((this.#shown && !this.#again) || this.#failed) {
            return false;
        }
        try {
            const answer = await request(
                address(`${this.#path}/diff`, { against: this.#against, again: this.#again ? 'true' : null }),
                { signal, headers: { Accept: 'application/json' } },
            );
            this.#again = false;
            const told = await answer.json();
            if (answer.status === 202) {
                this.#shown = null;
                this.#body.replaceChildren(this.#underWay(told.share));
                return true;
            }
            this.#shown = told;
            this.#body.replaceChildren(...this.#difference(told).filter(Boolean));
            return false;
        } catch (e) {
            if (!(e instanceof Problem)) {
                throw e;
            }
            this.#failed = !e.passing;
            this.#again = false;
            this.#body.replaceChildren(
                h(
                    'div',
                    { class: 'card' },
                    problemState(e, () => {
                        this.#failed = false;
                        this.#context.refresh();
                    }),
                ),
            );
            return e.passing;
        }
    }

    async #offerOthers(signal) {
        if (this.#others === null) {
            const { replays } = await get('/api/v1/replays', {}, signal);
            this.#others = replays
                .filter((replay) => replay.state === 'finished' && replay.name !== this.#name)
                .map((replay) => replay.name);
            this.#select.replaceChildren(
                h('option', { value: '' }, 'live'),
                ...this.#others.map((name) => h('option', { value: name }, `replay ${name}`)),
            );
            this.#tools.replaceChildren(
                h('h2', {}, 'Difference'),
                h('label', { class: 'against' }, h('span', {}, 'from'), this.#select),
                h('button', { type: 'button', class: 'quiet', onclick: () => this.#compareAgain() }, 'Compare again'),
                h('button', { type: 'button', class: 'quiet', onclick: (event) => this.#save(event.target) }, 'Save as a page'),
            );
        }
        this.#select.value = this.#against ?? '';
    }

    #compareAgain() {
        this.#again = true;
        this.#failed = false;
        this.#context.refresh();
    }

    /** By a request of its own, because a link brings no token along. */
    async #save(button) {
        button.disabled = true;
        try {
            const answer = await request(address(`${this.#path}/diff.html`, { against: this.#against }));
            if (answer.status === 200) {
                const url = URL.createObjectURL(await answer.blob());
                const link = h('a', { href: url, download: `rebound-${this.#name}-against-${this.#against ?? 'live'}.html` });
                link.click();
                setTimeout(() => URL.revokeObjectURL(url), 60_000);
            } else {
                this.#compareAgain();
            }
        } catch (e) {
            this.#body.prepend(h('div', { class: 'card' }, problemState(e, () => this.#save(button), 'h3')));
        } finally {
            button.disabled = false;
        }
    }

    #underWay(share) {
        const percent = Math.floor(share * 100);
        return h(
            'div',
            { class: 'card comparing', role: 'status' },
            h('p', {}, `Comparing with ${this.#against ? `replay ${this.#against}` : 'live'} …`),
            h('div', {
                class: 'progress-bar',
                role: 'progressbar',
                'aria-label': 'Progress of the comparison',
                'aria-valuemin': '0',
                'aria-valuemax': '100',
                'aria-valuenow': String(percent),
                'data-state': 'running',
                '--w': `${percent}%`,
            }),
            h('p', { class: 'quiet-text' }, 'All outcomes of both sides are read; with many events that takes minutes.'),
        );
    }

    #difference(told) {
        const { suppressions } = told;
        return [
            headline(told),
            told.changed > 0 &&
                h(
                    'div',
                    { class: 'thirds' },
                    card('Kind of bounce', { note: `${told.before} ↓ ${told.after} →` }, matrix(told)),
                    card('Categories', {}, moves(told.categories, told.changed, (name) => name.toLowerCase().replaceAll('_', ' '))),
                    card('What decided', {}, moves(told.rules, told.changed, (name) => name)),
                ),
            told.domains.length > 0 &&
                card('Receiving domains', { note: 'Open one for replies that are judged differently' }, domains(told.domains)),
            suppressions.differences.length > 0 &&
                card(
                    'Suppressions',
                    { note: 'Open one for what each side decides by' },
                    changes(suppressions, told.before, told.after),
                ),
        ];
    }
}

function plural(count, one, many) {
    return `${format.number(count)} ${count === 1 ? one : many}`;
}

/** How many events and addresses, in a sentence; and what was left out, beneath. */
function headline(told) {
    const { added, lifted, changed } = told.suppressions;
    const isLive = told.before === 'live';
    const judged = isLive ? 'would be judged' : 'are judged';
    const moved = told.moved.slice(0, 3).map((move) => `${format.number(move.count)} ${KIND_WORDS[move.from]} → ${KIND_WORDS[move.to]}`);
    const first =
        told.changed === 0
            ? `All ${format.number(told.events)} events ${judged} the same`
            : `${format.number(told.changed)} of ${plural(told.events, 'event', 'events')} ${judged} differently` +
              (moved.length > 0 ? `: ${moved.join(', ')}` : ', none of them another kind of bounce');
    const addresses = [
        lifted > 0 && `${plural(lifted, 'address', 'addresses')} ${isLive ? 'would be' : 'are'} freed`,
        added > 0 && `${plural(added, 'address', 'addresses')} ${isLive ? 'would be' : 'are'} suppressed`,
        changed > 0 && `${plural(changed, 'suppression', 'suppressions')} ${isLive ? 'would change' : 'change'}`,
    ].filter(Boolean);
    return h(
        'div',
        { class: 'story' },
        h('p', { class: 'headline' }, `${[first, ...addresses].join('; ')}.`),
        addresses.length === 0 && h('p', { class: 'story-more' }, 'No suppression differs.'),
        told.note && h('p', { class: 'quiet-text' }, told.note),
        h('p', { class: 'quiet-text' }, between(notes(told), ' · ')),
    );
}

function notes(told) {
    const { outside, outsideBecause } = told.suppressions;
    const reasons = Object.entries(outsideBecause);
    return [
        `Compared ${format.timestamp(told.at)}`,
        told.complete ? 'all events' : 'events of a span',
        told.onlyBefore > 0 &&
            `${format.number(told.onlyBefore)} events only in ${told.before}${told.filtered ? ', which filters left out' : ''}`,
        told.onlyAfter > 0 && `${format.number(told.onlyAfter)} events only in ${told.after}`,
        told.withoutSource > 0 && `${format.number(told.withoutSource)} records not compared: an older version wrote them`,
        told.unreadable > 0 && `${format.number(told.unreadable)} events that cannot be read`,
        outside > 0 &&
            h(
                'span',
                {},
                `${plural(outside, 'address', 'addresses')} not compared: `,
                reasons
                    .map(([why, count]) => `${reasons.length > 1 ? `${format.number(count)} because ` : ''}${OUTSIDE[why] ?? why}`)
                    .join(', '),
            ),
    ].filter(Boolean);
}

function matrix(told) {
    const count = (from, to) => sum(told.moved.filter((move) => move.from === from && move.to === to).map((move) => move.count));
    return h(
        'table',
        { class: 'plain matrix' },
        h(
            'thead',
            {},
            h(
                'tr',
                {},
                h('td', {}),
                KINDS.map((to) => h('th', { scope: 'col', class: 'n' }, KIND_WORDS[to])),
            ),
        ),
        h(
            'tbody',
            {},
            KINDS.map((from) =>
                h(
                    'tr',
                    {},
                    h('th', { scope: 'row' }, h('i', { class: 'swatch', '--c': KIND_COLOURS[from] }), ' ', KIND_WORDS[from]),
                    KINDS.map((to) =>
                        from === to
                            ? h('td', { class: 'n same' }, h('span', { 'aria-label': 'not counted' }, '·'))
                            : h('td', { class: count(from, to) > 0 ? 'n hot' : 'n zero' }, format.number(count(from, to))),
                    ),
                ),
            ),
        ),
    );
}

function moves(list, all, name) {
    return barList(
        list.map((move) => ({
            label: [h('span', {}, name(move.from)), h('span', { class: 'turn', 'aria-label': 'becomes' }, '→'), h('span', {}, name(move.to))],
            value: move.count,
        })),
        { total: all, empty: 'The same for all', limit: 6, key: 'moves' },
    );
}

/** The first of a list, and the rest on demand. */
function some(items, most, draw, tag) {
    const rest = items.length - most;
    const list = h(tag, { class: 'openable' }, items.slice(0, most).map(draw));
    if (rest <= 0) {
        return list;
    }
    const more = h(
        'button',
        {
            type: 'button',
            class: 'quiet',
            onclick: () => {
                const next = items.slice(most).map(draw);
                list.append(...next);
                more.remove();
                next[0].querySelector('summary')?.focus();
            },
        },
        `${format.number(rest)} more`,
    );
    return [list, h('div', { class: 'ranking-foot' }, more)];
}

function domains(list) {
    return some(
        list,
        DOMAINS,
        (one) =>
            h(
                'li',
                {},
                h(
                    'details',
                    {},
                    h(
                        'summary',
                        {},
                        h('b', {}, one.domain),
                        h(
                            'span',
                            { class: 'openable-count' },
                            `${format.number(one.changed)} judged differently`,
                            one.moved > 0 && `, ${one.moved === one.changed ? 'all' : format.number(one.moved)} another kind of bounce`,
                        ),
                    ),
                    one.samples.length > 0
                        ? h('ul', { class: 'reply-list' }, one.samples.map(sample))
                        : h('p', { class: 'none' }, 'No replies are kept of it.'),
                ),
            ),
        'ul',
    );
}

function sample(event) {
    return h(
        'li',
        { '--c': KIND_COLOURS[event.after.bounceType] ?? 'var(--line-2)' },
        h('p', { class: 'turns' }, verdict(event.before), h('span', { class: 'turn', 'aria-label': 'becomes' }, '→'), verdict(event.after)),
        event.reply && h('p', { class: 'reply-text' }, event.reply),
        h(
            'p',
            { class: 'quiet-text' },
            `${event.outcome.toLowerCase()} ${format.timestamp(event.eventTime)} · ${event.topic}, partition ${event.partition}, offset ${format.number(event.offset)}`,
        ),
    );
}

function verdict(one) {
    return h(
        'span',
        { class: 'judged' },
        h('b', { '--c': KIND_COLOURS[one.bounceType] }, h('i', { class: 'swatch' }), ` ${KIND_WORDS[one.bounceType] ?? one.bounceType}`),
        ' ',
        categoryLabel(one.category),
        one.code && [' ', h('code', {}, one.code)],
        one.rule && [' by ', h('code', {}, one.rule)],
        one.recipientGone && ' · recipient gone',
    );
}

function changes(suppressions, before, after) {
    return [
        some(
            suppressions.differences,
            SUPPRESSIONS,
            (one) =>
                h(
                    'li',
                    {},
                    h(
                        'details',
                        {},
                        h(
                            'summary',
                            {},
                            h('span', { class: 'tag change-tag', 'data-kind': one.kind }, CHANGES[one.kind] ?? one.kind),
                            h('b', {}, format.masked(one.address)),
                            h(
                                'span',
                                { class: 'openable-count' },
                                `list ${one.list}`,
                                one.fields.length > 0 && `, another ${one.fields.map((name) => FIELDS[name] ?? name).join(', ')}`,
                            ),
                        ),
                        h('div', { class: 'chains' }, chain(before, one.before), chain(after, one.after)),
                        h(
                            'p',
                            {},
                            h(
                                'a',
                                {
                                    href: '/suppressions',
                                    // By the history entry: addresses of people are not for the address bar.
                                    'data-state': JSON.stringify({ address: one.address, list: one.list }),
                                },
                                'All that live knows of it',
                            ),
                        ),
                    ),
                ),
            'ul',
        ),
        suppressions.more > 0 &&
            h('p', { class: 'quiet-text' }, `${plural(suppressions.more, 'more is', 'more are')} counted, and not listed here.`),
    ].flat();
}

function chain(side, entry) {
    return h(
        'div',
        { class: 'chain' },
        h('h3', {}, side),
        entry === null
            ? h('p', { class: 'good-text' }, 'May be written to')
            : [
                  h(
                      'dl',
                      { class: 'facts' },
                      fact('Because of', entry.category ? [entry.reason.toLowerCase(), ', ', categoryLabel(entry.category)] : entry.reason.toLowerCase()),
                      fact('Since', format.timestamp(entry.since)),
                      fact('Until', entry.expires ? format.timestamp(entry.expires) : 'it is removed'),
                      fact(
                          'Decided by',
                          entry.rule
                              ? ['rule ', h('code', {}, entry.rule), ` of policy ${entry.policy ?? ''}`]
                              : [entry.by ?? 'a command', entry.why && `: ${entry.why}`],
                      ),
                  ),
                  (entry.evidence ?? []).length > 0 && timeline(entry.evidence, entry.evidenceOmitted ?? 0),
              ],
    );
}
