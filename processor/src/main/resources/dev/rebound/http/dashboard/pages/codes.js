// Codes: what status codes and rules mean, where they were seen, and what a reply amounts to.

import { Problem, get, post } from '../api.js';
import { between, h, show } from '../dom.js';
import * as format from '../format.js';
import { barList, card, categoryLabel, fact, problemState, scopeBadge, skeleton, state } from '../parts.js';
import { categoryName, scopeOf } from '../words.js';

const FEW = 50;
const PAUSE = 200;

const KINDS = {
    EXACT: 'enhanced code',
    SUBJECT: 'subject of enhanced codes',
    BASIC: 'basic code',
    CLASS: 'class of enhanced codes',
    GROUP: 'group of basic codes',
    TEXT: 'text rule',
};

/** The page. */
export function codesPage(context) {
    context.title('Codes');
    const controls = context.controls();
    const wanted = context.query().get('code');
    const search = h('input', {
        id: 'search',
        type: 'search',
        placeholder: '5.7.1, quota, throttl …',
        autocomplete: 'off',
        autocapitalize: 'none',
        spellcheck: 'false',
        value: wanted ?? context.query().get('q') ?? '',
    });
    const count = h('p', { class: 'note', role: 'status' });
    const list = h('div', { class: 'codes' }, skeleton('row', 'row', 'row', 'row', 'row', 'row'));
    let all = false;
    let timer = null;
    search.addEventListener('input', () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            all = false;
            context.change({ q: search.value.trim() || null, code: null }, { replace: true });
        }, PAUSE);
    });

    async function load(signal) {
        const query = context.query();
        let codes;
        try {
            ({ codes } = await get('/api/v1/codes', { q: query.get('code') ?? query.get('q') }, signal));
        } catch (e) {
            if (!(e instanceof Problem) || e.passing || e.locked) {
                throw e;
            }
            // Replies can be explained all the same.
            show(list, [e.status, e.detail], () => problemState(e, context.refresh));
            return;
        }
        const span = context.span();
        show(count, codes.length, () => `${format.number(codes.length)} ${codes.length === 1 ? 'entry' : 'entries'}`);
        show(list, [codes, all, query.get('code'), span.key === 'custom' ? span.from : span.key, context.tenant()], () =>
            codes.length === 0
                ? state(
                      'empty',
                      'No code and no rule says that',
                      h(
                          'p',
                          {},
                          'Search for a code such as 5.7.1, a category such as rate limited, or a word of the explanation.',
                      ),
                  )
                : [
                      h(
                          'table',
                          { class: 'code-table' },
                          h('caption', { class: 'unseen' }, 'Codes and rules; each opens to where it was seen'),
                          h(
                              'thead',
                              {},
                              h(
                                  'tr',
                                  {},
                                  ['Code', 'Meaning', 'Category', 'Bounce'].map((name) => h('th', { scope: 'col' }, name)),
                              ),
                          ),
                          (all ? codes : codes.slice(0, FEW)).map((code) =>
                              codeRows(context, code, code.code === query.get('code')),
                          ),
                      ),
                      !all &&
                          codes.length > FEW &&
                          h(
                              'button',
                              {
                                  type: 'button',
                                  class: 'quiet',
                                  'data-key': 'all-codes',
                                  onclick: () => {
                                      all = true;
                                      context.refresh();
                                  },
                              },
                              `Show all ${format.number(codes.length)}`,
                          ),
                  ],
        );
    }

    return {
        live: false,
        nodes: [
            h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Codes'), controls.element),
            h(
                'div',
                { class: 'columns codes-columns' },
                h(
                    'section',
                    { class: 'card', 'aria-label': 'Codes and rules' },
                    h(
                        'div',
                        { class: 'search', role: 'search' },
                        h('label', { for: 'search' }, 'Search codes, categories and explanations'),
                        search,
                        count,
                    ),
                    list,
                ),
                explainBox(),
            ),
        ],
        controls: controls.update,
        load,
        close: () => clearTimeout(timer),
    };
}

/** A row of a code, and below it one that is opened: more of it, and where it was seen, asked for when it is opened. */
function codeRows(context, code, open) {
    const id = `seen-${code.code}`.replace(/[^A-Za-z0-9.-]/g, '-');
    const seen = h('div', { class: 'seen' });
    const more = h(
        'tr',
        { id, hidden: true },
        h(
            'td',
            { colspan: '4' },
            h(
                'div',
                { class: 'code-more' },
                h(
                    'dl',
                    { class: 'facts' },
                    fact('Kind', KINDS[code.kind] ?? code.kind.toLowerCase()),
                    fact('Category', h('code', {}, code.category)),
                    fact('Recipient gone', code.recipientGone ? 'yes' : 'no, or only where the reply says so'),
                    fact('Said by', code.origins.join(', ')),
                    code.reference && fact('Source', code.reference),
                ),
                h('div', {}, h('p', { class: 'label' }, 'Where it was seen'), seen),
            ),
        ),
    );
    const button = h(
        'button',
        {
            type: 'button',
            class: 'disclose',
            'aria-expanded': 'false',
            'aria-controls': id,
            'data-key': `code-${code.code}`,
            onclick: () => toggle(),
        },
        h('code', {}, code.code),
    );
    const toggle = () => {
        more.hidden = !more.hidden;
        button.setAttribute('aria-expanded', String(!more.hidden));
        if (!more.hidden && seen.childElementCount === 0) {
            look(context, code.code, seen);
        }
    };
    if (open) {
        toggle();
    }
    return h(
        'tbody',
        {},
        h(
            'tr',
            {},
            h('th', { scope: 'row' }, button),
            h(
                'td',
                { class: 'code-meaning' },
                code.summary && h('span', {}, code.summary),
                code.explanation && h('small', {}, code.explanation),
            ),
            h('td', {}, categoryLabel(code.category), h('small', {}, scopeOf(code.scope).name)),
            h('td', {}, code.bounceType === null ? h('span', { class: 'quiet-text' }, '–') : code.bounceType.toLowerCase()),
        ),
        more,
    );
}

async function look(context, code, seen) {
    seen.replaceChildren(...skeleton('row'));
    const span = context.span();
    try {
        const answer = await get(`/api/v1/codes/${encodeURIComponent(code)}/domains`, {
            from: span.from,
            to: span.to,
            tenant: context.tenant(),
            limit: 10,
        });
        seen.replaceChildren(
            ...[
                h(
                    'p',
                    { class: 'quiet-text' },
                    `${format.number(answer.events)} events, ${span.from ? `${format.time(span.from)} – ${format.time(span.to)}` : 'of all time'}`,
                ),
                barList(
                    answer.domains.map(({ domain, events }) => ({
                        label: h('a', { href: context.domainHref(domain) }, domain),
                        value: events,
                    })),
                    { total: answer.events, empty: 'Nowhere in this span.', key: `seen-${code}` },
                ),
            ]
                .flat()
                .filter(Boolean),
        );
    } catch (e) {
        seen.replaceChildren(problemState(e, () => look(context, code, seen)));
    }
}

// A reply, explained

function explainBox() {
    const reply = h('textarea', {
        id: 'reply',
        rows: '5',
        required: true,
        maxlength: '20000',
        spellcheck: 'false',
        placeholder: '550 5.7.1 Access denied: no such user',
        'aria-describedby': 'reply-help',
    });
    const result = h('div', { class: 'explained', 'aria-live': 'polite' });
    const button = h('button', { class: 'button primary' }, 'Explain');
    const explain = async () => {
        button.disabled = true;
        try {
            const answer = await post('/api/v1/classify', { reply: reply.value });
            result.replaceChildren(...[explained(answer, reply.value)].flat(3).filter(Boolean));
        } catch (e) {
            result.replaceChildren(problemState(e, explain));
        } finally {
            button.disabled = false;
        }
    };
    return h(
        'section',
        { class: 'card explain', 'aria-label': 'Explain a reply' },
        h('div', { class: 'card-head' }, h('h2', {}, 'Explain a reply')),
        h(
            'form',
            {
                onsubmit: (event) => {
                    event.preventDefault();
                    explain();
                },
            },
            h(
                'label',
                { for: 'reply', id: 'reply-help' },
                'What a receiving server has answered, or the text of a bounce. It is not stored.',
            ),
            reply,
            button,
        ),
        result,
    );
}

function explained(answer, reply) {
    const { classification, category, rules, row } = answer;
    const decided = rules.find((rule) => rule.overruledBecause === null);
    const overruled = rules.filter((rule) => rule.overruledBecause !== null);
    return [
        h('h3', { class: 'verdict' }, categoryName(category.name), ' ', scopeBadge(category.scope)),
        h(
            'p',
            { class: 'tags' },
            between(
                [
                    h('span', { class: 'tag code' }, category.name),
                    h(
                        'span',
                        { class: 'tag' },
                        { HARD: 'hard bounce', SOFT: 'soft bounce', NONE: 'no bounce' }[classification.bounceType],
                    ),
                    classification.recipientGone && h('span', { class: 'tag' }, 'recipient gone'),
                    h('span', { class: 'tag' }, `confidence ${classification.confidence.toLowerCase()}`),
                ].filter(Boolean),
                ' ',
            ),
        ),
        h('p', {}, category.meaning),
        h('p', { class: 'what-to-do' }, h('strong', {}, 'What to do '), category.whatToDo),
        h('blockquote', { class: 'reply-text' }, marked(reply, decided?.words)),
        h(
            'dl',
            { class: 'facts' },
            fact(
                'Decided by',
                decided
                    ? ['the words “', decided.words, '”, rule ', h('code', {}, decided.id)]
                    : classification.rule
                      ? [h('code', {}, classification.rule), row?.wording ? `, ${row.wording}` : '']
                      : 'nothing in particular',
            ),
            classification.codesFound.length > 0 &&
                fact(
                    'Codes found',
                    between(
                        classification.codesFound.map((found) =>
                            h(
                                'span',
                                { title: found.overruledBecause ?? '' },
                                h('code', { class: found.overruledBecause ? 'overruled' : '' }, found.code),
                                found.overruledBecause ? ` (${found.overruledBecause})` : '',
                            ),
                        ),
                        ', ',
                    ),
                ),
            answer.smtpCommand && fact('Command', h('code', {}, answer.smtpCommand)),
            classification.provider && fact('Provider', classification.provider),
        ),
        overruled.length > 0 &&
            h(
                'details',
                { class: 'more' },
                h('summary', {}, `${overruled.length} other ${overruled.length === 1 ? 'rule matches' : 'rules match'}`),
                h(
                    'ul',
                    { class: 'overruled-rules' },
                    overruled.map((rule) =>
                        h(
                            'li',
                            {},
                            h('code', {}, rule.id),
                            ' ',
                            categoryLabel(rule.category),
                            h('small', {}, rule.overruledBecause),
                        ),
                    ),
                ),
            ),
    ];
}

/** The reply with the words that decided marked. */
function marked(reply, words) {
    const at = words ? reply.toLowerCase().indexOf(words.toLowerCase()) : -1;
    return at < 0
        ? reply
        : [reply.slice(0, at), h('mark', {}, reply.slice(at, at + words.length)), reply.slice(at + words.length)];
}
