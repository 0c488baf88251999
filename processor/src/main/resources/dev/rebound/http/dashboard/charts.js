// Drawings: bars stacked over time (uPlot), and small ones of rows and figures (SVG).

import { h, show, svg } from './dom.js';
import * as format from './format.js';

const { uPlot } = window;
const HEIGHT = 280;

/** Colours as the style sheet has them for the theme in force; a canvas cannot take them from there by itself. */
function colours(names) {
    const probe = h('span', { hidden: true });
    document.body.append(probe);
    const found = Object.fromEntries(
        names.map((name) => {
            probe.style.color = `var(--${name})`;
            return [name, getComputedStyle(probe).color];
        }),
    );
    probe.remove();
    return found;
}

const redraws = new Set();

/** Draws all charts anew, in the colours of another theme. */
export function themeChanged() {
    redraws.forEach((redraw) => redraw());
}

/** When a bar begins and ends. */
export function when(bar, step, now = Date.now()) {
    const current = bar.end > now ? ', so far' : '';
    if (step === 'P1D') {
        const last = bar.end - 86_400_000;
        const first = format.day(bar.start, { utc: true });
        return `${last > bar.start ? `${first} – ${format.day(last, { utc: true })}` : first} (UTC)${current}`;
    }
    return `${format.time(bar.start)} – ${format.time(bar.end, { now: new Date(bar.start) })}${current}`;
}

/**
 * Bars stacked over time, with a legend, a table of the same, and a choice of what is stacked.
 *
 * @param views what can be shown: key, name, and parts (key, name, colour) from the bottom of the stack to its top
 * @param title what the chart is of
 * @param onZoom called with from and to in milliseconds when a stretch is marked
 * @returns element, and update(bars, step)
 */
export class StackedChart {
    #views;
    #view;
    #title;
    #onZoom;
    #bars = [];
    #step = 'PT1M';
    #plot = null;
    #shape = '';
    #asTable = false;
    #dense = false;
    #at = null;

    constructor({ title, views, onZoom }) {
        this.#title = title;
        this.#views = views;
        this.#view = views[0];
        this.#onZoom = onZoom;
        this.canvas = h('div', { class: 'chart-canvas' });
        this.tip = h('div', { class: 'tip', hidden: true });
        this.table = h('div', {
            class: 'chart-table',
            hidden: true,
            tabindex: '0',
            role: 'region',
            'aria-label': `${title}, as a table`,
        });
        this.legend = h('ul', { class: 'legend', 'aria-label': 'Legend' });
        this.frame = h(
            'div',
            {
                class: 'chart',
                tabindex: '0',
                role: 'group',
                'aria-roledescription': 'chart',
                onkeydown: (event) => this.#key(event),
                onblur: () => this.#point(null),
            },
            this.canvas,
            this.tip,
        );
        this.spoken = h('p', { class: 'unseen', 'aria-live': 'polite' });
        this.element = h(
            'section',
            { class: 'card chart-card', 'aria-label': title },
            h(
                'div',
                { class: 'card-head' },
                h('h2', {}, title),
                h(
                    'div',
                    { class: 'card-tools' },
                    views.length > 1 &&
                        h(
                            'div',
                            { class: 'segments small', role: 'group', 'aria-label': 'What the chart shows' },
                            views.map((view) =>
                                h(
                                    'button',
                                    {
                                        type: 'button',
                                        'aria-pressed': String(view === this.#view),
                                        'data-view': view.key,
                                        onclick: () => this.#choose(view),
                                    },
                                    view.name,
                                ),
                            ),
                        ),
                    h(
                        'button',
                        {
                            type: 'button',
                            class: 'quiet',
                            'aria-pressed': 'false',
                            onclick: (event) => this.#toggle(event.currentTarget),
                        },
                        'Table',
                    ),
                ),
            ),
            this.frame,
            this.table,
            this.spoken,
            this.legend,
        );
        this.observer = new ResizeObserver(() => this.#resize());
        this.observer.observe(this.frame);
        this.redraw = () => this.#draw(true);
        redraws.add(this.redraw);
    }

    /** Gives back what the page holds for it. */
    close() {
        this.observer.disconnect();
        redraws.delete(this.redraw);
        this.#plot?.destroy();
    }

    /** Shows these bars: start, end, and a number for each part of each view. */
    update(bars, step) {
        this.#bars = bars;
        this.#step = step;
        this.#draw(false);
    }

    #choose(view) {
        this.#view = view;
        this.element
            .querySelectorAll('[data-view]')
            .forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.view === view.key)));
        this.#draw(true);
    }

    #toggle(button) {
        this.#asTable = !this.#asTable;
        button.setAttribute('aria-pressed', String(this.#asTable));
        this.frame.hidden = this.#asTable;
        this.table.hidden = !this.#asTable;
        this.#draw(false);
    }

    /** Parts that are there at all, so that neither legend nor table is full of zeros. */
    #parts() {
        const used = this.#view.parts.filter((part) => this.#bars.some((bar) => bar[part.key] > 0));
        return used.length > 0 ? used : this.#view.parts.slice(-1);
    }

    #draw(anew) {
        if (this.#bars.length === 0) {
            return;
        }
        const parts = this.#parts();
        this.#describe(parts);
        if (this.#asTable) {
            this.#tabulate(parts);
            return;
        }
        // A series for each part, each the sum of those below it: what is higher is drawn first and covered by what is lower.
        const sums = parts.map(() => []);
        for (const bar of this.#bars) {
            let sum = 0;
            parts.forEach((part, index) => {
                sum += bar[part.key] ?? 0;
                sums[index].push(sum);
            });
        }
        const data = [this.#bars.map((bar) => bar.start / 1000), ...sums.reverse()];
        const shape = JSON.stringify([parts.map((part) => part.key), this.#step, this.#isDense()]);
        if (!anew && this.#plot && shape === this.#shape) {
            this.#plot.setData(data);
            return;
        }
        const at = this.#at;
        this.#shape = shape;
        this.#dense = this.#isDense();
        this.#plot?.destroy();
        this.#plot = new uPlot(this.#options([...parts].reverse()), data, this.canvas);
        if (at !== null) {
            this.#point(Math.min(at, this.#bars.length - 1));
        }
    }

    #options(topDown) {
        const colour = colours([...topDown.map((part) => part.colour), 'surface', 'line', 'text-2']);
        const font = `11px ${getComputedStyle(document.body).fontFamily}`;
        const utc = this.#step === 'P1D';
        const dense = this.#isDense();
        const dates = (seconds, next) => {
            const date = new Date(seconds * 1000);
            if (next >= 86_400) {
                return format.day(date, { utc });
            }
            const midnight = utc ? date.getUTCHours() + date.getUTCMinutes() === 0 : date.getHours() + date.getMinutes() === 0;
            return midnight ? format.day(date, { utc }) : format.time(date, { now: date });
        };
        return {
            width: Math.max(200, this.frame.clientWidth),
            height: HEIGHT,
            padding: [12, 20, 0, 0],
            tzDate: utc ? (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : undefined,
            legend: { show: false },
            cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false, dist: 8 } },
            scales: {
                x: { time: true, range: () => [this.#bars[0].start / 1000, this.#bars.at(-1).end / 1000] },
                y: { range: (_, low, high) => [0, high > 0 ? high * 1.06 : 10] },
            },
            axes: [
                {
                    stroke: colour['text-2'],
                    font,
                    size: 30,
                    gap: 6,
                    space: 72,
                    grid: { show: false },
                    ticks: { stroke: colour.line, width: 1, size: 4 },
                    values: (_, splits, axis, space, next) => splits.map((seconds) => dates(seconds, next)),
                },
                {
                    stroke: colour['text-2'],
                    font,
                    size: 48,
                    gap: 8,
                    space: 44,
                    grid: { stroke: colour.line, width: 1 },
                    ticks: { show: false },
                    incrs: [1, 2, 5, 10, 20, 50]
                        .flatMap((base) => [1, 100, 1e4, 1e6, 1e8].map((scale) => base * scale))
                        .sort((a, b) => a - b),
                    values: (_, splits) => splits.map((value) => format.compact(value)),
                },
            ],
            series: [
                {},
                ...topDown.map((part) => ({
                    fill: colour[part.colour],
                    stroke: colour.surface,
                    width: dense ? 0 : 1,
                    paths: uPlot.paths.bars({ size: [1, Infinity], align: 1, gap: dense ? 0 : 1 }),
                    points: { show: false },
                })),
            ],
            hooks: {
                setCursor: [(plot) => this.#hover(plot)],
                setSelect: [(plot) => this.#select(plot)],
            },
        };
    }

    #hover(plot) {
        const { left } = plot.cursor;
        if (left === null || left < 0) {
            if (this.#at === null) {
                this.tip.hidden = true;
            }
            return;
        }
        this.#at = null;
        const millis = plot.posToVal(left, 'x') * 1000;
        this.#tell(this.#bars.findIndex((bar) => millis >= bar.start && millis < bar.end));
    }

    #tell(index) {
        const bar = this.#bars[index];
        if (!bar) {
            this.tip.hidden = true;
            return;
        }
        const parts = this.#parts();
        const sum = parts.reduce((total, part) => total + (bar[part.key] ?? 0), 0);
        this.tip.replaceChildren(
            h('p', { class: 'tip-when' }, when(bar, this.#step)),
            h(
                'dl',
                {},
                [...parts]
                    .reverse()
                    .map((part) =>
                        h(
                            'div',
                            {},
                            h('dt', {}, h('i', { class: 'swatch', '--c': `var(--${part.colour})` }), part.name),
                            h('dd', {}, format.number(bar[part.key] ?? 0)),
                            h('dd', { class: 'tip-share' }, format.percent(format.share(bar[part.key] ?? 0, sum))),
                        ),
                    ),
            ),
        );
        this.tip.hidden = false;
        const middle = this.#plot.valToPos((bar.start + bar.end) / 2000, 'x') + this.#plot.over.offsetLeft;
        const width = this.tip.offsetWidth;
        const right = middle + 14 + width < this.frame.clientWidth;
        const x = right ? middle + 14 : Math.max(0, middle - 14 - width);
        this.tip.style.transform = `translate(${Math.round(x)}px, 8px)`;
    }

    /** The same by keyboard: arrows go from bar to bar. */
    #key(event) {
        const last = this.#bars.length - 1;
        const to = {
            ArrowLeft: Math.max(0, (this.#at ?? last + 1) - 1),
            ArrowRight: Math.min(last, (this.#at ?? last) + 1),
            Home: 0,
            End: last,
        }[event.key];
        if (to !== undefined) {
            event.preventDefault();
            this.#point(to);
        } else if (event.key === 'Escape') {
            this.#point(null);
        }
    }

    #point(index) {
        this.#at = index;
        if (index === null || !this.#plot) {
            this.tip.hidden = true;
            this.#plot?.setCursor({ left: -10, top: -10 });
            this.spoken.textContent = '';
            return;
        }
        const bar = this.#bars[index];
        this.#plot.setCursor({ left: this.#plot.valToPos((bar.start + bar.end) / 2000, 'x'), top: 10 });
        this.#at = index;
        this.#tell(index);
        this.spoken.textContent = `${when(bar, this.#step)}: ${this.#parts()
            .map((part) => `${part.name} ${format.number(bar[part.key] ?? 0)}`)
            .join(', ')}`;
    }

    #select(plot) {
        const { left, width } = plot.select;
        if (width <= 0) {
            return;
        }
        const from = plot.posToVal(left, 'x') * 1000;
        const to = plot.posToVal(left + width, 'x') * 1000;
        plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        const marked = this.#bars.filter((bar) => bar.end > from && bar.start < to);
        if (marked.length > 0) {
            this.#onZoom?.(marked[0].start, marked.at(-1).end);
        }
    }

    #resize() {
        const width = this.frame.clientWidth;
        if (this.#plot && width > 0 && Math.abs(width - this.#plot.width) > 1) {
            if (this.#dense !== this.#isDense()) {
                this.#draw(true);
            } else {
                this.#plot.setSize({ width, height: HEIGHT });
            }
        }
    }

    /** Bars are too narrow for gaps between them. */
    #isDense() {
        return (this.frame.clientWidth - 70) / Math.max(1, this.#bars.length) < 7;
    }

    /** What the drawing says, for those who do not see it; the legend has the sums. */
    #describe(parts) {
        const total = (part) => this.#bars.reduce((sum, bar) => sum + (bar[part.key] ?? 0), 0);
        const all = parts.reduce((sum, part) => sum + total(part), 0);
        const height = (bar) => parts.reduce((sum, part) => sum + (bar[part.key] ?? 0), 0);
        const peak = this.#bars.reduce((most, bar) => (height(bar) > height(most) ? bar : most), this.#bars[0]);
        const said =
            this.#bars.length === 0 || all === 0
                ? `${this.#title}: nothing`
                : `${this.#title}. ${parts.map((part) => `${part.name} ${format.number(total(part))}`).join(', ')}. ` +
                  `Most at ${when(peak, this.#step)}: ${format.number(height(peak))}. Arrow keys go through the bars.`;
        this.frame.setAttribute('aria-label', said);
        show(
            this.legend,
            parts.map((part) => [part.key, total(part), all]),
            () =>
                [...parts]
                    .reverse()
                    .map((part) =>
                        h(
                            'li',
                            {},
                            h('i', { class: 'swatch', '--c': `var(--${part.colour})` }),
                            part.name,
                            h('b', {}, format.compact(total(part))),
                            h('span', {}, format.percent(format.share(total(part), all))),
                        ),
                    ),
        );
    }

    #tabulate(parts) {
        const bars = this.#bars.filter((bar) => parts.some((part) => bar[part.key] > 0)).reverse();
        show(this.table, [this.#view.key, bars], () =>
            h(
                'table',
                { class: 'plain' },
                h('caption', { class: 'unseen' }, `${this.#title}, latest first`),
                h(
                    'thead',
                    {},
                    h(
                        'tr',
                        {},
                        h('th', { scope: 'col' }, 'Time'),
                        [...parts].reverse().map((part) => h('th', { scope: 'col', class: 'n' }, part.name)),
                    ),
                ),
                h(
                    'tbody',
                    {},
                    bars.map((bar) =>
                        h(
                            'tr',
                            {},
                            h('th', { scope: 'row' }, when(bar, this.#step)),
                            [...parts].reverse().map((part) => h('td', { class: 'n' }, format.number(bar[part.key] ?? 0))),
                        ),
                    ),
                ),
            ),
        );
    }
}

const SPARK = { width: 120, height: 28, bars: 60 };

/**
 * Attempts over time as small bars, failures at their feet. A picture beside the same row's numbers: not read out.
 *
 * @param points [start in milliseconds, attempts, failed]
 * @param from beginning of the span in milliseconds; null for where the points begin
 * @param to end of the span; null for where the points end
 * @param step length of a window in milliseconds
 */
export function spark(points, from, to, step) {
    const first = from ?? points[0]?.[0] ?? 0;
    const windows = Math.max(1, Math.ceil(((to ?? (points.at(-1)?.[0] ?? 0) + 1) - first) / step));
    // As many windows in each bar, so that none looks taller for holding one more.
    const length = step * Math.ceil(windows / SPARK.bars);
    const slots = Array.from({ length: Math.ceil((windows * step) / length) }, () => [0, 0]);
    for (const [start, attempts, wrong] of points) {
        const slot = slots[Math.min(slots.length - 1, Math.max(0, Math.floor((start - first) / length)))];
        slot[0] += attempts;
        slot[1] += wrong;
    }
    const most = Math.max(1, ...slots.map(([attempts]) => attempts));
    const width = SPARK.width / slots.length;
    const path = (value) =>
        slots
            .map((slot, index) => {
                const height = (value(slot) / most) * (SPARK.height - 1);
                return height < 0.2
                    ? ''
                    : `M${(index * width).toFixed(2)} ${SPARK.height}v${(-height).toFixed(2)}h${(width * 0.8).toFixed(2)}v${height.toFixed(2)}z`;
            })
            .join('');
    return svg(
        'svg',
        { class: 'spark', viewBox: `0 0 ${SPARK.width} ${SPARK.height}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svg('path', { class: 'spark-all', d: path(([attempts]) => attempts) }),
        svg('path', { class: 'spark-bad', d: path(([, wrong]) => wrong) }),
    );
}

/** A line of values, nulls left out, scaled to its own height. Not read out. */
export function line(values) {
    const known = values.map((value, index) => [index, value]).filter(([, value]) => value !== null);
    if (known.length < 2) {
        return svg('svg', { class: 'line', viewBox: '0 0 100 24', 'aria-hidden': 'true' });
    }
    const numbers = known.map(([, value]) => value);
    const low = Math.min(...numbers);
    const range = Math.max(...numbers) - low || 1;
    const at = ([index, value]) =>
        `${((index / (values.length - 1)) * 100).toFixed(2)} ${(22 - ((value - low) / range) * 20).toFixed(2)}`;
    return svg(
        'svg',
        { class: 'line', viewBox: '0 0 100 24', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
        svg('path', { d: `M${known.map(at).join('L')}`, 'vector-effect': 'non-scaling-stroke' }),
    );
}
