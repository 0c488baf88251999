// Which span of time is shown, against which it is compared, and in how fine steps. Pure: the clock is passed in.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Without news for so long, spans end where the events do. */
const STALE_AFTER = 10 * MINUTE;

/** What can be picked. */
export const SPANS = [
    { key: '1h', name: '1 h', says: 'hour', length: HOUR },
    { key: '6h', name: '6 h', says: '6 hours', length: 6 * HOUR },
    { key: '24h', name: '24 h', says: '24 hours', length: DAY },
    { key: '7d', name: '7 d', says: '7 days', length: 7 * DAY },
    { key: '30d', name: '30 d', says: '30 days', length: 30 * DAY },
    { key: 'all', name: 'All', says: 'whole time', length: null },
];

/** Long enough for an incident's beginning and end, short enough for its minutes. */
const DEFAULT_SPAN = '6h';

/** Windows that the server counts in, and which multiples of them make a bar. */
const STEPS = {
    PT1M: { length: MINUTE, multiples: [1, 2, 5, 10, 15, 30, 60, 120, 360] },
    PT1H: { length: HOUR, multiples: [1, 2, 3, 6, 12, 24] },
    P1D: { length: DAY, multiples: [1, 7, 14, 28, 91, 182, 364] },
};

const MOST_BARS = 120;

/** Reads the choice from an address's query: a key of SPANS, or two times. */
export function readChoice(query) {
    const from = Date.parse(query.get('from') ?? '');
    const to = Date.parse(query.get('to') ?? '');
    if (Number.isFinite(from) && Number.isFinite(to) && from < to) {
        return { from: Math.floor(from / MINUTE) * MINUTE, to: Math.ceil(to / MINUTE) * MINUTE };
    }
    return { key: SPANS.some((span) => span.key === query.get('span')) ? query.get('span') : DEFAULT_SPAN };
}

/**
 * The span of a choice.
 *
 * @param choice as readChoice gives it
 * @param now milliseconds
 * @param watermark time of the newest event in milliseconds; null when there is none, or it is not known
 * @returns from, to, compareFrom, compareTo (ISO, or null), step, anchored (it ends at the newest event, not now), says
 */
export function resolve(choice, now, watermark) {
    const anchored = watermark !== null && now - watermark > STALE_AFTER;
    if (choice.key === 'all') {
        return {
            key: 'all',
            from: null,
            to: null,
            compareFrom: null,
            compareTo: null,
            step: 'P1D',
            anchored,
            says: 'whole time',
        };
    }
    const picked = SPANS.find((span) => span.key === choice.key);
    const to = picked ? Math.ceil(((anchored ? watermark : now) + 1) / MINUTE) * MINUTE : choice.to;
    const length = picked ? picked.length : choice.to - choice.from;
    const from = to - length;
    const step = length <= 12 * HOUR ? 'PT1M' : length <= 14 * DAY ? 'PT1H' : 'P1D';
    return {
        key: picked ? picked.key : 'custom',
        from: iso(from),
        to: iso(to),
        compareFrom: iso(from - length),
        compareTo: iso(from),
        step,
        // A series has whole windows: the first one begins before the span does.
        seriesFrom: iso(Math.floor(from / STEPS[step].length) * STEPS[step].length),
        anchored: anchored && Boolean(picked),
        says: picked ? picked.says : 'time',
    };
}

function iso(millis) {
    return new Date(millis).toISOString();
}

/** Length of a window in milliseconds. */
export function lengthOf(step) {
    return STEPS[step].length;
}

/** How often a span is worth asking for anew when events arrive, in milliseconds. */
export function refreshEvery(span) {
    return { '1h': 3, '6h': 5, '24h': 5, '7d': 15 }[span.key] * SECOND || 30 * SECOND;
}

/**
 * Bars of a series: each window of the span, empty ones too, several windows to a bar where there are many.
 *
 * @param points as the server sends them: those that are not empty, in order
 * @param from beginning in milliseconds; null for where the points begin
 * @param to end in milliseconds; null for where the points end
 * @param step PT1M, PT1H or P1D
 * @param add adds a point to a bar
 * @param most how many bars at most
 * @returns bars with start and end in milliseconds, beside what add has put in
 */
export function bars(points, from, to, step, add, most = MOST_BARS) {
    const window = STEPS[step].length;
    const first = from ?? (points.length > 0 ? Date.parse(points[0].start) : 0);
    const last = to ?? (points.length > 0 ? Date.parse(points.at(-1).start) + window : 0);
    const windows = Math.max(1, Math.ceil((last - first) / window));
    const multiple = STEPS[step].multiples.find((candidate) => windows / candidate <= most) ?? STEPS[step].multiples.at(-1);
    const length = window * multiple;
    const begin = Math.floor(first / length) * length;
    const all = [];
    for (let start = begin; start < last; start += length) {
        all.push({ start, end: start + length });
    }
    for (const point of points) {
        const bar = all[Math.floor((Date.parse(point.start) - begin) / length)];
        if (bar) {
            add(bar, point);
        }
    }
    return all;
}
