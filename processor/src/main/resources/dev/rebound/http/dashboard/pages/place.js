// A domain's or a provider's page: what happens there, why, in which words, and to whom.

import { Problem, get } from '../api.js';
import { StackedChart } from '../charts.js';
import { h, show } from '../dom.js';
import * as format from '../format.js';
import {
    CHART_VIEWS,
    addPoint,
    barList,
    card,
    categoryLabel,
    figures,
    findingTags,
    findingText,
    placeDoes,
    problemState,
    skeleton,
    state,
    sum,
    whoseTrouble,
} from '../parts.js';
import { bars } from '../spans.js';
import { assess } from '../story.js';
import { failed, scopeOf, scopeOfCategory } from '../words.js';

const SUPPRESSIONS = 20;
const DOMAINS = 200;

/** The page of a domain or a provider. */
export function placePage(context, kind, id) {
    context.title(id);
    const isDomain = kind === 'domain';
    const path = `/api/v1/${kind}s/${encodeURIComponent(id)}`;
    const controls = context.controls();
    const title = h('h1', { class: 'place', tabindex: '-1' }, id);
    const under = h('p', { class: 'under' });
    const story = h('div', { class: 'story small' }, skeleton('text'));
    const figureRow = h('div', { class: 'figures-card card' }, skeleton('figures'));
    const chart = new StackedChart({ title: 'Attempts over time', views: CHART_VIEWS, onZoom: context.zoom });
    const whose = h('div', { class: 'whose' }, skeleton('block'));
    const categories = h('div', {}, skeleton('block'));
    const codes = h('div', {}, skeleton('block'));
    const timing = h('div', {}, skeleton('block'));
    const replies = h('div', { class: 'replies' }, skeleton('row', 'row', 'row'));
    const repliesNote = h('p', { class: 'note' });
    const others = h('div', {}, skeleton('block'));
    const suppressions = new Suppressions(context, kind, id);
    const body = h(
        'div',
        { class: 'stack' },
        figureRow,
        h('div', { class: 'columns' }, chart.element, card('Whose trouble', { note: 'Failures by who can mend them' }, whose)),
        h(
            'div',
            { class: 'thirds' },
            card('Why', {}, categories),
            card('Status codes', {}, codes),
            card('Time and tries', {}, timing),
        ),
        card('What the replies say', { note: repliesNote }, replies),
        !isDomain && card('Its domains', { note: `Among the ${DOMAINS} busiest domains` }, others),
        suppressions.element,
    );
    const nothing = h('div', { hidden: true });

    async function load(signal) {
        const span = context.span();
        const parameters = { from: span.from, to: span.to, tenant: context.tenant() };
        const compared = { ...parameters, compareFrom: span.compareFrom, compareTo: span.compareTo };
        suppressions.load();
        let place;
        let series;
        let domains = null;
        try {
            [place, series, domains] = await Promise.all([
                get(path, compared, signal),
                get(`${path}/series`, { ...parameters, from: span.seriesFrom, step: span.step }, signal),
                isDomain ? null : get('/api/v1/domains', { ...parameters, order: 'attempts', limit: DOMAINS }, signal),
            ]);
        } catch (e) {
            if (!(e instanceof Problem) || e.status !== 404) {
                throw e;
            }
            controls.update();
            body.hidden = true;
            story.hidden = true;
            nothing.hidden = false;
            show(nothing, [span.key, context.tenant()], () =>
                state(
                    'empty',
                    `Nothing seen of ${id} in this span`,
                    h(
                        'p',
                        {},
                        span.key === 'all' && !context.tenant()
                            ? 'No mail to it has been counted. Is the name spelt as the address after the @ is?'
                            : 'Other spans or tenants may have more.',
                    ),
                    span.key !== 'all' &&
                        h(
                            'p',
                            {},
                            h(
                                'button',
                                {
                                    type: 'button',
                                    class: 'button',
                                    onclick: () => context.change({ span: 'all', from: null, to: null }),
                                },
                                'Look at all time',
                            ),
                        ),
                ),
            );
            return;
        }
        context.note(place);
        controls.update();
        body.hidden = false;
        story.hidden = false;
        nothing.hidden = true;
        const { totals, before = null, details } = place;
        const name = isDomain ? id : (place.name ?? id);
        context.title(name);
        show(under, [place.provider, id], () =>
            isDomain
                ? place.provider
                    ? [
                          'Receiving domain at ',
                          h('a', { href: context.providerHref(place.provider), 'data-key': 'provider' }, place.provider),
                      ]
                    : 'Receiving domain; its provider is not recognised'
                : name === id
                  ? 'Provider'
                  : ['Provider ', h('code', {}, id)],
        );
        const all = bars(
            series.points,
            span.seriesFrom ? Date.parse(span.seriesFrom) : null,
            span.to ? Date.parse(span.to) : null,
            span.step,
            addPoint,
        );
        chart.update(all, span.step);
        const reasons = place.categories.filter(({ category }) => category !== 'DELIVERED');
        const finding = find(totals, before, reasons, all);
        show(title, [name, finding && placeDoes(finding)], () => [
            name,
            finding && h('span', { class: 'does' }, ` ${placeDoes(finding)}`),
        ]);
        show(story, [finding, totals, before], () => tell(finding, totals, before, span));
        show(figureRow, [totals, before, all], () => figures(totals, before, all, span.says));
        const byCategory = Object.fromEntries(reasons.map(({ category, events }) => [category, events]));
        show(whose, [place.scopes, before?.scopes, byCategory], () =>
            whoseTrouble(place.scopes, before?.scopes ?? null, byCategory),
        );
        const events = sum(reasons.map((reason) => reason.events));
        show(categories, reasons, () =>
            barList(
                reasons.map(({ category, scope, events: value }) => ({
                    label: [h('span', { title: category }, categoryLabel(category)), h('small', {}, scopeOf(scope).name)],
                    value,
                    colour: `var(--scope-${scopeOf(scope).key.toLowerCase()})`,
                })),
                { total: events, empty: 'Nothing went wrong.', key: 'categories' },
            ),
        );
        show(codes, place.codes, () =>
            barList(
                place.codes.map(({ code, events: value }) => ({
                    label: h('a', { href: context.href('/codes', { code }), 'data-key': `code-${code}` }, h('code', {}, code)),
                    value,
                })),
                { total: sum(place.codes.map((code) => code.events)), empty: 'No codes were seen.', key: 'codes' },
            ),
        );
        show(timing, details, () => times(details));
        show(
            repliesNote,
            [details.from, details.to],
            () => `Numbers as #, addresses masked. ${format.time(details.from)} – ${format.time(details.to)}, whole hours`,
        );
        // Whether it was said two or three minutes ago is not worth a new list each second.
        show(
            replies,
            details.replies.map((reply) => ({ ...reply, lastSeen: format.since(reply.lastSeen) })),
            () => replyList(context, details.replies),
        );
        if (domains) {
            const own = domains.domains.filter((row) => row.provider === id || (id === 'unknown' && row.provider === null));
            show(others, own, () =>
                barList(
                    own
                        .sort((a, b) => b.attempts - a.attempts)
                        .map((row) => ({
                            label: [
                                h('a', { href: context.domainHref(row.domain), 'data-key': `domain-${row.domain}` }, row.domain),
                                h('small', {}, `${format.percent(format.share(failed(row), row.attempts))} failed`),
                            ],
                            value: row.attempts,
                        })),
                    { total: totals.attempts, empty: 'None among the busiest.', key: 'domains' },
                ),
            );
        }
    }

    return {
        live: true,
        nodes: [
            h(
                'nav',
                { class: 'crumbs', 'aria-label': 'Where this is' },
                h('a', { href: '/', 'data-keep': true }, 'Overview'),
                h('span', { 'aria-hidden': 'true' }, '/'),
                isDomain ? 'Domains' : 'Providers',
            ),
            h('div', { class: 'page-head' }, h('div', {}, title, under), controls.element),
            story,
            nothing,
            body,
        ],
        controls: controls.update,
        load,
        close: () => chart.close(),
    };
}

/** What is unusual, with when; null when nothing is. */
function find(totals, before, reasons, all) {
    const points = all.map((bar) => [
        bar.start,
        bar.attempts ?? 0,
        failed({ deferred: 0, soft: 0, hard: 0, complained: 0, ...bar }),
    ]);
    return assess(
        {
            ...totals,
            before,
            topCategory: reasons[0]?.category ?? null,
            topScope: reasons[0]?.scope ?? null,
            spark: { points },
        },
        null,
    );
}

function tell(finding, totals, before, span) {
    const wrong = failed(totals);
    if (!finding) {
        const share = format.percent(format.share(wrong, totals.attempts));
        const old =
            before && before.attempts > 0
                ? `, ${format.percent(failed(before) / before.attempts)} in the ${span.says} before`
                : '';
        return h(
            'p',
            { class: 'story-more' },
            wrong === 0
                ? `All ${format.number(totals.attempts)} attempts went well.`
                : `Nothing unusual: ${share} of ${format.number(totals.attempts)} attempts failed${old}.`,
        );
    }
    return h('p', { class: 'story-more' }, findingText(finding, span), ' ', findingTags(finding));
}

function times(details) {
    const { timeToDeliver, attemptsPerMessage, recipients } = details;
    const quantiles = (name, of, text) =>
        h(
            'section',
            { class: 'quantiles' },
            h('h3', {}, name),
            of && of.p50 !== null
                ? h(
                      'dl',
                      {},
                      [
                          ['half within', of.p50],
                          ['90 % within', of.p90],
                          ['99 % within', of.p99],
                      ].map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, text(value)))),
                  )
                : h('p', { class: 'none' }, 'Not known: no message has its time of submission.'),
        );
    return [
        quantiles('Time to deliver', timeToDeliver, format.duration),
        quantiles('Attempts per message', attemptsPerMessage, (value) => format.number(value)),
        h(
            'section',
            { class: 'quantiles' },
            h('h3', {}, 'Recipients written to'),
            h('p', { class: 'big' }, '≈ ', format.compact(recipients), h('small', {}, ' distinct, estimated')),
        ),
    ];
}

function replyList(context, replies) {
    if (replies.length === 0) {
        return h('p', { class: 'none' }, 'No replies other than of success.');
    }
    const most = Math.max(...replies.map((reply) => reply.events));
    return h(
        'ol',
        { class: 'reply-list' },
        replies.map((reply, index) =>
            h(
                'li',
                {
                    '--w': `${(reply.events / most) * 100}%`,
                    '--c': `var(--scope-${scopeOfCategory(reply.category).key.toLowerCase()})`,
                },
                h(
                    'p',
                    { class: 'reply-head' },
                    h('b', { title: format.number(reply.events) }, format.compact(reply.events)),
                    categoryLabel(reply.category),
                    reply.code &&
                        h(
                            'a',
                            { href: context.href('/codes', { code: reply.code }), 'data-key': `reply-code-${index}` },
                            h('code', {}, reply.code),
                        ),
                    h(
                        'span',
                        { class: 'quiet-text', title: format.timestamp(reply.lastSeen) },
                        `last seen ${format.since(reply.lastSeen)}`,
                    ),
                ),
                h('p', { class: 'reply-text' }, reply.text),
                reply.example &&
                    reply.example !== reply.text &&
                    h(
                        'details',
                        { class: 'more', 'data-key': `reply-${reply.text}` },
                        h('summary', { 'data-key': `reply-summary-${reply.text}` }, 'Example'),
                        h('p', { class: 'reply-text' }, reply.example),
                    ),
            ),
        ),
    );
}

/** Suppressions of the place's addresses; asked for once and on request, because they do not change by the second. */
class Suppressions {
    #context;
    #filter;
    #asked = false;

    constructor(context, kind, id) {
        this.#context = context;
        this.#filter = { [kind]: id };
        this.list = h('div', {}, skeleton('row', 'row'));
        this.element = card(
            'Suppressed addresses',
            {
                note: 'In force now, whatever the span above',
                tools: h('button', { type: 'button', class: 'quiet', onclick: () => this.#fetch() }, 'Reload'),
            },
            this.list,
        );
    }

    load() {
        if (!this.#asked) {
            this.#asked = true;
            this.#fetch();
        }
    }

    async #fetch() {
        try {
            const page = await get('/api/v1/suppressions', {
                ...this.#filter,
                tenant: this.#context.tenant(),
                limit: SUPPRESSIONS,
            });
            this.list.replaceChildren(
                suppressionTable(page.suppressions),
                ...[
                    page.cursor &&
                        h(
                            'p',
                            { class: 'quiet-text' },
                            'There are more: ',
                            h('a', { href: this.#context.href('/suppressions', this.#filter) }, 'all suppressions of it'),
                            '.',
                        ),
                ].filter(Boolean),
            );
        } catch (e) {
            this.list.replaceChildren(problemState(e, () => this.#fetch()));
        }
    }
}

/** Suppressions as a table; addresses are masked until they are looked up. */
export function suppressionTable(suppressions) {
    if (suppressions.length === 0) {
        return h('p', { class: 'none' }, 'None.');
    }
    return h(
        'div',
        { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': 'Table of suppressed addresses' },
        h(
            'table',
            { class: 'plain stackable' },
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    ['Address', 'Reason', 'Since', 'Until', 'By'].map((name) => h('th', { scope: 'col' }, name)),
                ),
            ),
            h(
                'tbody',
                {},
                suppressions.map((entry) =>
                    h(
                        'tr',
                        {},
                        h(
                            'th',
                            { scope: 'row' },
                            h(
                                'a',
                                {
                                    href: '/suppressions',
                                    // By the history entry, not by the address bar: addresses of people are not for logs and bookmarks.
                                    'data-state': JSON.stringify({ address: entry.address, list: entry.list }),
                                    'aria-label': `Look up ${format.masked(entry.address)}`,
                                },
                                format.masked(entry.address),
                            ),
                            entry.list !== 'default' && h('small', {}, ` on ${entry.list}`),
                        ),
                        h(
                            'td',
                            { 'data-label': 'Reason' },
                            entry.category ? categoryLabel(entry.category) : entry.reason.toLowerCase(),
                        ),
                        h('td', { 'data-label': 'Since', title: format.timestamp(entry.since) }, format.since(entry.since)),
                        h('td', { 'data-label': 'Until' }, entry.expires ? format.time(entry.expires) : 'for good'),
                        h(
                            'td',
                            { 'data-label': 'By' },
                            entry.rule ? ['rule ', h('code', {}, entry.rule)] : (entry.by ?? entry.source.toLowerCase()),
                        ),
                    ),
                ),
            ),
        ),
    );
}
