// Suppressions: may an address be written to, why not, and since when; and how to take that back.

import { get, post } from '../api.js';
import { between, h, show } from '../dom.js';
import * as format from '../format.js';
import { card, categoryLabel, fact, problemState, skeleton, state, timeline, withToken } from '../parts.js';
import { suppressionTable } from './place.js';

const PAGE = 50;

/** Carried out within a second; a busy machine may take longer. */
const TRIES = 20;
const TRY_EVERY = 500;

/** The page. */
export function suppressionsPage(context) {
    context.title('Suppressions');
    const given = history.state?.address ? history.state : null;
    const address = h('input', {
        id: 'address',
        type: 'text',
        inputmode: 'email',
        autocomplete: 'off',
        autocapitalize: 'none',
        spellcheck: 'false',
        required: true,
        placeholder: 'kim@example.org',
        value: given?.address ?? '',
    });
    const list = h('input', {
        id: 'list',
        type: 'text',
        autocomplete: 'off',
        autocapitalize: 'none',
        spellcheck: 'false',
        placeholder: 'default',
        value: given?.list ?? '',
        'aria-describedby': 'list-help',
    });
    const result = h('div', { class: 'found', 'aria-live': 'polite' });
    const find = new Finding(result);
    const browse = new Browsing(context);

    const submit = () => {
        const asked = { address: address.value.trim(), list: list.value.trim() || 'default' };
        if (asked.address) {
            history.replaceState({ ...history.state, ...asked }, '');
            find.look(asked);
        }
    };

    return {
        live: false,
        nodes: [
            h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Suppressions')),
            h(
                'section',
                { class: 'card', 'aria-label': 'Find an address' },
                h(
                    'form',
                    {
                        class: 'find',
                        role: 'search',
                        onsubmit: (event) => {
                            event.preventDefault();
                            submit();
                        },
                    },
                    h('div', { class: 'field grow' }, h('label', { for: 'address' }, 'Address, or @domain'), address),
                    h('div', { class: 'field' }, h('label', { for: 'list' }, 'List'), list),
                    h('button', { class: 'button primary' }, 'Find'),
                    h(
                        'p',
                        { id: 'list-help', class: 'quiet-text' },
                        'A list is a tenant, tenant/stream, or * for all tenants. Lists for the address, its domain and all tenants are looked at.',
                    ),
                ),
                result,
            ),
            browse.element,
        ],
        async load() {
            await browse.load();
            if (given && result.childElementCount === 0) {
                submit();
            }
        },
    };
}

// An address

class Finding {
    #result;
    #asked = null;

    constructor(result) {
        this.#result = result;
    }

    async look(asked) {
        this.#asked = asked;
        if (this.#result.childElementCount === 0) {
            this.#result.replaceChildren(...skeleton('row', 'block'));
        }
        try {
            const [found, history] = await this.#ask(asked);
            if (this.#asked === asked) {
                this.#show(found, history, asked);
            }
        } catch (e) {
            if (this.#asked === asked) {
                this.#result.replaceChildren(problemState(e, () => this.look(asked)));
            }
        }
    }

    #ask({ address, list }) {
        const [tenant, stream] = list === '*' ? [null, null] : list.split('/', 2).map(decoded);
        // A domain or an erased address has a history, but no mail to check.
        const check =
            address.startsWith('@') || address.startsWith('hash:')
                ? null
                : get('/api/v1/suppressions/check', { address, tenant, stream });
        return Promise.all([check, get('/api/v1/suppressions/history', { address, list })]);
    }

    #show(found, history, asked) {
        const entries = found ? found.entries : [history.suppression].filter(Boolean);
        const stale = found?.stale || history.stale;
        this.#result.replaceChildren(
            ...[
                h(
                    'div',
                    { class: entries.length > 0 ? 'ruling no' : 'ruling yes' },
                    h('p', { class: 'ruling-address' }, history.address),
                    h('h2', {}, entries.length > 0 ? 'Must not be written to' : 'May be written to'),
                    stale &&
                        h(
                            'p',
                            { class: 'stale' },
                            'A copy answered, because the instance that keeps this address does not: this may not be the latest.',
                        ),
                ),
                entries.map((entry) => this.#entry(entry, asked)),
                known(history),
            ]
                .flat(2)
                .filter(Boolean),
        );
    }

    #entry(entry, asked) {
        return h(
            'article',
            { class: 'entry', 'aria-label': `Suppression of ${entry.address} on list ${entry.list}` },
            h(
                'dl',
                { class: 'facts' },
                fact('Suppressed', [h('b', {}, entry.address), ' on list ', h('code', {}, entry.list)]),
                fact(
                    'Because of',
                    entry.category
                        ? [entry.reason.toLowerCase(), ', ', categoryLabel(entry.category)]
                        : entry.reason.toLowerCase(),
                ),
                fact('Since', `${format.timestamp(entry.since)} (${format.since(entry.since)})`),
                fact(
                    'Until',
                    entry.expires ? `${format.timestamp(entry.expires)} (${format.since(entry.expires)})` : 'it is removed',
                ),
                fact(
                    'Decided by',
                    entry.rule
                        ? [
                              'rule ',
                              h('code', {}, entry.rule),
                              ' of policy ',
                              h('code', {}, entry.policy),
                              entry.occurrence > 1 ? `, for the ${entry.occurrence}th time in succession` : '',
                          ]
                        : [
                              entry.source === 'IMPORT' ? 'an import' : 'a command',
                              entry.by && [' of ', h('b', {}, entry.by)],
                              entry.why && `: ${entry.why}`,
                          ],
                ),
                entry.detail && fact('The other list said', entry.detail),
            ),
            entry.evidence.length > 0 && [h('h3', {}, 'Evidence'), timeline(entry.evidence, entry.evidenceOmitted)],
            this.#removal(entry, asked),
        );
    }

    #removal(entry, asked) {
        const id = `${entry.list}-${entry.address}`.replace(/[^A-Za-z0-9]/g, '-');
        const why = h('input', {
            id: `why-${id}`,
            type: 'text',
            required: true,
            maxlength: '500',
            autocomplete: 'off',
            placeholder: 'asked us by phone',
        });
        const by = h('input', {
            id: `by-${id}`,
            type: 'text',
            required: true,
            maxlength: '500',
            autocomplete: 'off',
            placeholder: 'your name or team',
        });
        const button = h('button', { class: 'button danger' }, 'Remove this suppression');
        const told = h('div', { role: 'status' });
        const remove = async () => {
            button.disabled = true;
            told.replaceChildren();
            try {
                const done = await this.#give({
                    action: 'REMOVE',
                    list: entry.list,
                    address: entry.address,
                    by: by.value.trim(),
                    why: why.value.trim(),
                });
                if (done) {
                    told.replaceChildren(h('p', {}, 'The command is durable. Waiting until it is carried out …'));
                    await this.#waitUntilGone(entry, asked, told);
                }
            } catch (e) {
                told.replaceChildren(problemState(e, remove));
            } finally {
                button.disabled = false;
            }
        };
        return h(
            'details',
            { class: 'more removal' },
            h('summary', {}, 'Remove …'),
            h(
                'form',
                {
                    class: 'find',
                    onsubmit: (event) => {
                        event.preventDefault();
                        remove();
                    },
                },
                h(
                    'p',
                    { class: 'quiet-text' },
                    `${entry.address.startsWith('@') ? 'All addresses of the domain' : 'The address'} may be written to again, and what happened up to now counts no more. New failures count anew.`,
                ),
                h('div', { class: 'field grow' }, h('label', { for: `why-${id}` }, 'Reason'), why),
                h('div', { class: 'field' }, h('label', { for: `by-${id}` }, 'By'), by),
                button,
            ),
            told,
        );
    }

    /** Gives a command, with the same id until it is through: given again, it counts once. */
    #give(command) {
        const whole = { ...command, commandId: `dashboard-${identifier()}`, issuedAt: new Date().toISOString() };
        return withToken(() => post('/api/v1/suppressions/commands', whole));
    }

    async #waitUntilGone(entry, asked, told) {
        for (let i = 0; i < TRIES; i++) {
            await new Promise((resolve) => setTimeout(resolve, TRY_EVERY));
            const { suppression } = await get('/api/v1/suppressions/history', { address: entry.address, list: entry.list });
            if (suppression === null) {
                await this.look(asked);
                this.#result.prepend(h('p', { class: 'banner done', role: 'status' }, `Removed from list ${entry.list}.`));
                return;
            }
        }
        told.replaceChildren(
            h(
                'p',
                {},
                'The command is durable, but not carried out yet: the processor may be behind. Find the address again in a while.',
            ),
        );
    }
}

/** An id that nobody else gives; randomUUID is there on secure origins only. */
function identifier() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return text;
    }
}

/** All else that is kept of the address on the list. */
function known(history) {
    const nothing =
        history.evidence.length + history.deliveries.length + history.commands.length + history.contradictions.length === 0 &&
        history.removal === null;
    if (nothing) {
        return h('p', { class: 'none' }, `Nothing has counted against it on list ${history.list}.`);
    }
    return h(
        'details',
        { class: 'more known', open: history.suppression === null },
        h('summary', {}, `All that is known on list ${history.list}`),
        history.rules.length > 0 && [
            h('h3', {}, 'How far each rule has come'),
            h(
                'ul',
                { class: 'rules' },
                history.rules.map((rule) =>
                    h(
                        'li',
                        { class: rule.suppresses ? 'on' : '' },
                        h('code', {}, rule.rule),
                        h('span', { class: 'progress' }, `${rule.counted} of ${rule.needed}`),
                        h(
                            'span',
                            { class: 'pips', 'aria-hidden': 'true' },
                            Array.from({ length: rule.needed }, (_, i) => h('i', { class: i < rule.counted ? 'on' : '' })),
                        ),
                        rule.suppresses && h('span', { class: 'tag' }, 'suppresses'),
                        rule.explanation && h('small', {}, rule.explanation),
                    ),
                ),
            ),
        ],
        history.evidence.length > 0 && [h('h3', {}, 'Failures and complaints'), timeline(history.evidence)],
        history.deliveries.length > 0 && [
            h('h3', {}, 'Deliveries'),
            h(
                'p',
                {},
                between(
                    history.deliveries.map((one) => format.time(one.eventTime)),
                    ', ',
                ),
            ),
        ],
        history.contradictions.length > 0 && [
            h('h3', {}, 'Came back after acceptance'),
            h(
                'p',
                {},
                between(
                    history.contradictions.map((one) => format.time(one.eventTime)),
                    ', ',
                ),
            ),
        ],
        (history.commands.length > 0 || history.removal) && [
            h('h3', {}, 'Commands'),
            h(
                'ul',
                { class: 'commands' },
                [...history.commands, history.removal]
                    .filter(Boolean)
                    .map((command) =>
                        h(
                            'li',
                            {},
                            h('b', {}, command.action.toLowerCase()),
                            ` by ${command.by}, ${format.timestamp(command.issuedAt)}: ${command.why}`,
                        ),
                    ),
            ),
        ],
    );
}

// All of them

class Browsing {
    #context;
    #found = [];
    #cursor = null;

    constructor(context) {
        this.#context = context;
        const query = context.query();
        const field = (id, label, placeholder) =>
            h(
                'div',
                { class: 'field' },
                h('label', { for: `by-${id}` }, label),
                h('input', {
                    id: `by-${id}`,
                    type: 'text',
                    name: id,
                    placeholder,
                    autocomplete: 'off',
                    autocapitalize: 'none',
                    spellcheck: 'false',
                    value: query.get(id) ?? '',
                }),
            );
        this.list = h('div', {}, skeleton('row', 'row', 'row'));
        this.foot = h('div', { class: 'ranking-foot' });
        this.form = h(
            'form',
            {
                class: 'find',
                role: 'search',
                'aria-label': 'Filter suppressions',
                onsubmit: (event) => {
                    event.preventDefault();
                    const filter = Object.fromEntries(
                        ['domain', 'provider', 'rule'].map((name) => [name, this.form.elements[name].value.trim() || null]),
                    );
                    const reason = this.form.elements.reason.value || null;
                    context.change({ ...filter, reason }, { replace: true });
                },
            },
            field('domain', 'Domain', 'example.org'),
            field('provider', 'Provider', 'google'),
            field('rule', 'Rule', ''),
            h(
                'div',
                { class: 'field' },
                h('label', { for: 'by-reason' }, 'Reason'),
                h(
                    'select',
                    { id: 'by-reason', name: 'reason' },
                    [
                        ['', 'Any'],
                        ['BOUNCE', 'Bounce'],
                        ['COMPLAINT', 'Complaint'],
                        ['UNSUBSCRIBE', 'Unsubscribe'],
                        ['MANUAL', 'Manual'],
                    ].map(([value, name]) => h('option', { value, selected: value === query.get('reason') }, name)),
                ),
            ),
            h('button', { class: 'button' }, 'Filter'),
        );
        this.element = card(
            'In force',
            { note: 'Addresses are masked until they are looked up' },
            this.form,
            this.list,
            this.foot,
        );
    }

    async load() {
        this.#found = [];
        this.#cursor = null;
        await this.#more();
    }

    async #more() {
        const query = this.#context.query();
        const filter = Object.fromEntries(['domain', 'provider', 'rule', 'reason'].map((name) => [name, query.get(name)]));
        const page = await get('/api/v1/suppressions', {
            ...filter,
            tenant: this.#context.tenant(),
            limit: PAGE,
            cursor: this.#cursor,
        });
        this.#found.push(...page.suppressions);
        this.#cursor = page.cursor ?? null;
        show(this.list, this.#found, () =>
            this.#found.length > 0
                ? suppressionTable(this.#found)
                : this.#cursor
                  ? h('p', { class: 'none' }, 'None yet; there is more to look through.')
                  : state('empty', 'Nothing is suppressed that passes this filter'),
        );
        show(this.foot, [this.#found.length, this.#cursor !== null], () => [
            h('p', { class: 'quiet-text', role: 'status' }, `${format.number(this.#found.length)} shown`),
            this.#cursor !== null &&
                h(
                    'button',
                    {
                        type: 'button',
                        class: 'quiet',
                        'data-key': 'more-suppressions',
                        onclick: () => this.#more().catch((e) => this.foot.replaceChildren(problemState(e, () => this.#more()))),
                    },
                    'Show more',
                ),
        ]);
    }
}
