// Overview: where mail is in trouble, since when, why, and whose trouble it is.

import { address, get, request } from '../api.js';
import { StackedChart, spark } from '../charts.js';
import { h, show } from '../dom.js';
import * as format from '../format.js';
import {
    CHART_VIEWS,
    addPoint,
    card,
    categoryLabel,
    figures,
    findingTags,
    findingText,
    placeDoes,
    skeleton,
    state,
    whoseTrouble,
} from '../parts.js';
import { bars, lengthOf } from '../spans.js';
import { findings, inOrder, surges } from '../story.js';
import { failed, scopeOf } from '../words.js';

const FINDINGS = 3;
const FEW = { provider: 8, domain: 15 };
const MANY = 200;

/** Shares below are numbers only: bars of a pixel or two are dust. */
const NOTABLE = 0.08;

/** Columns of the tables by which the server can sort. */
const COLUMNS = [
    { order: 'attempts', name: 'Attempts', value: (row) => row.attempts, says: 'Events of any outcome' },
    {
        order: 'trouble',
        name: 'Trouble',
        value: failed,
        share: (row) => failed(row) / row.attempts,
        colour: 'trouble',
        says: 'Deferred, bounced or complained. Sorted by failures × their share of attempts: many that are also a large part come first',
    },
    {
        order: 'deferred',
        name: 'Deferred',
        value: (row) => row.deferred,
        share: (row) => row.rates.deferral,
        colour: 'outcome-deferred',
        says: 'And of all attempts',
    },
    {
        order: 'soft',
        name: 'Soft',
        value: (row) => row.soft,
        share: (row) => format.share(row.soft, row.attempts),
        colour: 'outcome-soft',
        says: 'Soft bounces, and of all attempts',
    },
    {
        order: 'hard',
        name: 'Hard',
        value: (row) => row.hard,
        share: (row) => format.share(row.hard, row.attempts),
        colour: 'outcome-hard',
        says: 'Hard bounces, and of all attempts',
    },
    {
        order: 'blocked',
        name: 'Blocked',
        value: (row) => row.blocked,
        share: (row) => row.rates.blocked,
        colour: 'scope-reputation',
        says: 'For reputation, content or sender, and of all attempts',
    },
    {
        order: 'complained',
        name: 'Complaints',
        value: (row) => row.complained,
        share: (row) => row.rates.complaint,
        colour: 'outcome-complained',
        says: 'And of what was delivered',
    },
];

/** The page. */
export function overviewPage(context) {
    context.title('Overview');
    const controls = context.controls();
    const story = h('div', { class: 'story' }, skeleton('headline', 'text'));
    const figureRow = h('div', { class: 'figures-card card' }, skeleton('figures'));
    const chart = new StackedChart({ title: 'Attempts over time', views: CHART_VIEWS, onZoom: context.zoom });
    const whose = h('div', { class: 'whose' }, skeleton('block'));
    const providers = new Ranking(context, 'provider', 'Providers');
    const domains = new Ranking(context, 'domain', 'Domains');
    const body = h(
        'div',
        { class: 'stack' },
        figureRow,
        h('div', { class: 'columns' }, chart.element, card('Whose trouble', { note: 'Failures by who can mend them' }, whose)),
        providers.element,
        domains.element,
    );
    const nothing = h('div', { hidden: true });

    async function load(signal) {
        const span = context.span();
        const tenant = context.tenant();
        const parameters = { from: span.from, to: span.to, tenant };
        const compared = { ...parameters, compareFrom: span.compareFrom, compareTo: span.compareTo };
        const [overview, series, providerRows, domainRows] = await Promise.all([
            get('/api/v1/overview', compared, signal),
            get('/api/v1/series', { ...parameters, from: span.seriesFrom, step: span.step }, signal),
            providers.load(compared, span, signal),
            domains.load(compared, span, signal),
        ]);
        context.note(overview);
        controls.update();
        const { totals, before = null } = overview;
        const isEmpty = totals.attempts === 0 && overview.watermark === null;
        body.hidden = isEmpty;
        story.hidden = isEmpty;
        nothing.hidden = !isEmpty;
        if (isEmpty) {
            show(nothing, 'empty', firstSteps);
            return;
        }
        const all = bars(
            series.points,
            span.seriesFrom ? Date.parse(span.seriesFrom) : null,
            span.to ? Date.parse(span.to) : null,
            span.step,
            addPoint,
        );
        chart.update(all, span.step);
        const places = findings(totals, before, providerRows, domainRows);
        const found = inOrder([...places, ...surges(series.points, places)]);
        show(story, [found, totals, before, span.says], () => tell(context, found, totals, before, span));
        show(figureRow, [totals, before, all], () => figures(totals, before, all, span.says));
        show(whose, [totals.scopes, before?.scopes, totals.categories], () =>
            whoseTrouble(totals.scopes, before?.scopes, totals.categories),
        );
        providers.show(span);
        domains.show(span);
    }

    return {
        live: true,
        nodes: [
            h('div', { class: 'page-head' }, h('h1', { tabindex: '-1' }, 'Overview'), controls.element),
            story,
            nothing,
            body,
        ],
        controls: controls.update,
        load,
        close: () => chart.close(),
    };
}

function firstSteps() {
    return state(
        'empty',
        'No events yet',
        h('p', {}, 'Figures appear here as soon as delivery events are read. To try it:'),
        h('pre', {}, './rebound generate --rate 200\n./rebound ingest dsn Maildir/'),
    );
}

// The story

function tell(context, found, totals, before, span) {
    const news = found.filter((finding) => finding.isNew);
    const lead = (news.length > 0 ? news : found).slice(0, FINDINGS);
    if (totals.attempts === 0) {
        return [
            h('p', { class: 'headline' }, 'No attempts in this span.'),
            h('p', { class: 'story-more' }, 'Pick a longer one, or another tenant.'),
        ];
    }
    if (lead.length === 0) {
        return [
            h('p', { class: 'headline calm' }, 'Nothing unusual.'),
            h('p', { class: 'story-more' }, calm(totals, before, span)),
        ];
    }
    const rest = found.length - lead.length;
    return [
        h('p', { class: 'headline' }, headline(context, lead[0])),
        h('p', { class: 'story-more' }, findingText(lead[0], span), ' ', findingTags(lead[0])),
        lead.length > 1 &&
            h(
                'ul',
                { class: 'story-list' },
                lead
                    .slice(1)
                    .map((finding) =>
                        h(
                            'li',
                            {},
                            h('strong', {}, headline(context, finding)),
                            ' ',
                            h('span', { class: 'story-more' }, findingText(finding, span), ' ', findingTags(finding)),
                        ),
                    ),
            ),
        rest > 0 &&
            h(
                'p',
                { class: 'quiet-text' },
                `${format.number(rest)} more ${rest === 1 ? 'place has' : 'places have'} a high share of failures; see the tables.`,
            ),
    ];
}

function calm(totals, before, span) {
    const rate = totals.rates.delivery;
    const old = before?.rates.delivery;
    const text = `${format.percent(rate)} of final messages delivered`;
    if (rate === null) {
        return `${format.number(totals.attempts)} attempts.`;
    }
    return old === null || old === undefined
        ? `${text}.`
        : `${text}, ${format.percent(old)} in the ${span.says} before. No provider and no domain stands out.`;
}

function headline(context, finding) {
    if (finding.kind === 'category') {
        return [
            h('span', { class: 'headline-what' }, finding.name.charAt(0).toUpperCase() + finding.name.slice(1)),
            ' are up across domains.',
        ];
    }
    if (finding.kind === 'scope') {
        return [
            h('span', { class: 'headline-what' }, finding.scope.surge),
            finding.when.to ? ' were up for a while, across domains.' : ' are up across domains.',
        ];
    }
    const href = finding.kind === 'provider' ? context.providerHref(finding.id) : context.domainHref(finding.id);
    const does = placeDoes(finding);
    return [h('a', { href, 'data-key': `story-${finding.kind}-${finding.id}` }, finding.name), ` ${does}.`];
}

// The tables

/** Places ranked by what the server sorts them by. */
class Ranking {
    #context;
    #kind;
    #order = 'trouble';
    #many = false;
    #answer = null;

    constructor(context, kind, title) {
        this.#context = context;
        this.#kind = kind;
        this.table = h('div', { class: 'ranking' }, skeleton('row', 'row', 'row', 'row', 'row'));
        this.foot = h('div', { class: 'ranking-foot' });
        this.element = card(
            title,
            {
                tools: [
                    h(
                        'label',
                        { class: 'order' },
                        'Sort by ',
                        h(
                            'select',
                            { onchange: (event) => this.#sort(event.target.value) },
                            [...COLUMNS]
                                .sort((a, b) => (b.order === 'trouble') - (a.order === 'trouble'))
                                .map((column) => h('option', { value: column.order }, column.name)),
                        ),
                    ),
                    h(
                        'button',
                        { type: 'button', class: 'quiet', onclick: (event) => this.#download(event.currentTarget) },
                        'CSV',
                    ),
                ],
            },
            this.table,
            this.foot,
        );
        this.element.classList.add('ranking-card');
    }

    #sort(order) {
        this.#order = order;
        this.element.querySelector('select').value = order;
        this.#context.refresh();
    }

    async load(parameters, span, signal) {
        this.parameters = { ...parameters, order: this.#order };
        this.#answer = await get(
            `/api/v1/${this.#kind}s`,
            {
                ...this.parameters,
                limit: this.#many ? MANY : FEW[this.#kind],
                spark: span.step,
            },
            signal,
        );
        return this.#answer[`${this.#kind}s`];
    }

    show(span) {
        const rows = this.#answer[`${this.#kind}s`];
        const { more = 0, folded = 0 } = this.#answer;
        show(this.table, [rows, this.#order], () =>
            rows.length === 0 ? h('p', { class: 'none' }, 'Nothing in this span.') : this.#rows(rows, span),
        );
        show(this.foot, [rows.length, more, folded, this.#many], () => [
            (more > 0 || this.#many) &&
                h(
                    'button',
                    {
                        type: 'button',
                        class: 'quiet',
                        'data-key': `more-${this.#kind}`,
                        onclick: () => {
                            this.#many = !this.#many;
                            this.#context.refresh();
                        },
                    },
                    this.#many
                        ? 'Show fewer'
                        : `Show ${more + rows.length > MANY ? `the first ${MANY}` : `all ${more + rows.length}`}`,
                ),
            folded > 0 &&
                h(
                    'p',
                    { class: 'quiet-text' },
                    `${format.number(folded)} events are counted under (other): there are more domains than are told apart.`,
                ),
        ]);
    }

    #rows(rows, span) {
        const from = span.seriesFrom ? Date.parse(span.seriesFrom) : null;
        const to = span.to ? Date.parse(span.to) : null;
        const name = this.#kind === 'domain' ? 'Domain' : 'Provider';
        return h(
            'table',
            { class: 'rank' },
            h(
                'caption',
                { class: 'unseen' },
                `${name}s by ${COLUMNS.find((column) => column.order === this.#order).name.toLowerCase()}, most first`,
            ),
            h(
                'thead',
                {},
                h(
                    'tr',
                    {},
                    h('th', { scope: 'col' }, name),
                    h('th', { scope: 'col', class: 'rank-spark' }, 'Trend'),
                    COLUMNS.map((column) =>
                        h(
                            'th',
                            { scope: 'col', class: 'n', 'aria-sort': column.order === this.#order ? 'descending' : null },
                            h(
                                'button',
                                {
                                    type: 'button',
                                    class: 'sort',
                                    title: column.says,
                                    'data-key': `sort-${this.#kind}-${column.order}`,
                                    onclick: () => this.#sort(column.order),
                                },
                                column.name,
                            ),
                        ),
                    ),
                    h('th', { scope: 'col' }, 'Most often'),
                ),
            ),
            h(
                'tbody',
                {},
                rows.map((row) => this.#row(row, from, to, lengthOf(span.step))),
            ),
        );
    }

    #row(row, from, to, step) {
        const id = row[this.#kind];
        const href = this.#kind === 'domain' ? this.#context.domainHref(id) : this.#context.providerHref(id);
        const below = this.#kind === 'domain' ? row.provider : id;
        return h(
            'tr',
            {},
            h(
                'th',
                { scope: 'row' },
                h('a', { href, 'data-key': `${this.#kind}-${id}` }, this.#kind === 'domain' ? id : (row.name ?? id)),
                below && below !== row.name && h('small', {}, below),
            ),
            h('td', { class: 'rank-spark' }, row.spark && spark(row.spark.points, from, to, step)),
            COLUMNS.map((column) => {
                const value = column.value(row);
                const share = column.share?.(row);
                const growth =
                    column.order === 'attempts' && row.before ? format.growth(row.attempts, row.before.attempts) : null;
                return h(
                    'td',
                    { class: value === 0 ? 'n zero' : 'n', 'data-label': column.name, title: format.number(value) },
                    h('b', {}, format.compact(value)),
                    column.share
                        ? h(
                              'small',
                              {
                                  '--w': `${Math.min(1, share ?? 0) * 100}%`,
                                  '--c': `var(--${column.colour})`,
                                  class: share >= NOTABLE ? 'share' : null,
                              },
                              value === 0 ? '' : format.percent(share),
                          )
                        : h('small', {}, growth ?? ''),
                );
            }),
            h(
                'td',
                { class: 'rank-why', 'data-label': 'Most often' },
                row.topCategory
                    ? [categoryLabel(row.topCategory), row.topScope && h('small', {}, scopeOf(row.topScope).name)]
                    : h('span', { class: 'none' }, '–'),
            ),
        );
    }

    /** By script, because a link could not bring the token. */
    async #download(button) {
        button.disabled = true;
        try {
            const answer = await request(address(`/api/v1/${this.#kind}s`, { ...this.parameters, limit: 1000, format: 'csv' }));
            const url = URL.createObjectURL(await answer.blob());
            h('a', { href: url, download: `rebound-${this.#kind}s.csv` }).click();
            setTimeout(() => URL.revokeObjectURL(url), 60_000);
        } finally {
            button.disabled = false;
        }
    }
}
