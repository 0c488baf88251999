// Numbers and times as people read them, in the browser's language.

const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percents = [0, 1, 2].map(
    (digits) =>
        new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }),
);
const decimal = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });

/** A number in full: 12,345. */
export function number(value) {
    return value === null || value === undefined ? '–' : whole.format(value);
}

/** A number in short from ten thousand on: 9,876, 12.3K. */
export function compact(value) {
    return value === null || value === undefined ? '–' : value < 10_000 ? whole.format(value) : short.format(value);
}

/** A share of 0 to 1 as percent, with as many digits as tell something. */
export function percent(share) {
    if (share === null || share === undefined || Number.isNaN(share)) {
        return '–';
    }
    if (share === 0 || share === 1) {
        return percents[0].format(share);
    }
    if (share < 0.001) {
        return percents[2].format(share);
    }
    if (share < 0.1 || share > 0.9) {
        // 99.96 % is not 100 %.
        return share > 0.9995 ? percents[2].format(Math.min(share, 0.9999)) : percents[1].format(share);
    }
    return percents[0].format(share);
}

/** A share of a whole that can be empty. */
export function share(part, all) {
    return all > 0 ? part / all : null;
}

/** What a rate changed by, in percentage points: +3.1 points; null when that rounds to nothing. */
export function points(now, before) {
    const change = (now - before) * 100;
    const size = Math.abs(change);
    return size < 0.05 ? null : `${change > 0 ? '+' : '−'}${decimal.format(size)} pts`;
}

/** What a rate changed by: in points, or relative where rates are so small that points say nothing; null for nothing. */
export function rateChange(now, before) {
    return Math.max(now, before) < 0.01 ? growth(now, before) : points(now, before);
}

/** So many times more says only that there was hardly anything before. */
const MOST_TIMES = 20;

/**
 * What a number changed by, relative to before: +12 %; null when that rounds to nothing or there was nothing before, empty when there was
 * too little to compare with.
 */
export function growth(now, before) {
    if (!before) {
        return null;
    }
    if (now / before > MOST_TIMES) {
        return '';
    }
    const change = now / before - 1;
    if (Math.abs(change) < 0.005) {
        return null;
    }
    return change >= 9 ? `×${decimal.format(now / before)}` : `${change > 0 ? '+' : '−'}${percents[0].format(Math.abs(change))}`;
}

/** Seconds as a duration of two units at most: 0.4 s, 12 s, 3 min, 2 h 10 min, 4 d 3 h. */
export function duration(seconds) {
    if (seconds === null || seconds === undefined) {
        return '–';
    }
    if (seconds < 10) {
        return `${decimal.format(seconds)} s`;
    }
    if (seconds < 100) {
        return `${whole.format(seconds)} s`;
    }
    const minutes = Math.round(seconds / 60);
    if (minutes < 100) {
        return `${minutes} min`;
    }
    const hours = Math.floor(minutes / 60);
    if (hours < 48) {
        return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
    }
    const days = Math.floor(hours / 24);
    return hours % 24 ? `${days} d ${hours % 24} h` : `${days} d`;
}

const formats = new Map();

function format(options) {
    const key = JSON.stringify(options);
    if (!formats.has(key)) {
        formats.set(key, new Intl.DateTimeFormat(undefined, options));
    }
    return formats.get(key);
}

const MINUTE = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const DAY = { day: 'numeric', month: 'short' };

function sameDay(a, b) {
    return a.getFullYear() === b.getFullYear() && a.getMonth() === b.getMonth() && a.getDate() === b.getDate();
}

/** A time of day, with the date unless it is today: 14:32, 3 Mar, 14:32. */
export function time(value, { seconds = false, now = new Date() } = {}) {
    const date = new Date(value);
    const clock = seconds ? { ...MINUTE, second: '2-digit' } : MINUTE;
    if (sameDay(date, now)) {
        return format(clock).format(date);
    }
    const year = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' };
    return format({ ...DAY, ...year, ...clock }).format(date);
}

/** Date and time in full, with the zone. */
export function timestamp(value) {
    return format({ ...DAY, year: 'numeric', ...MINUTE, second: '2-digit', timeZoneName: 'short' }).format(new Date(value));
}

/** A date; of windows of whole days, which are days in UTC. */
export function day(value, { utc = false } = {}) {
    const date = new Date(value);
    const year = date.getFullYear() === new Date().getFullYear() ? {} : { year: 'numeric' };
    return format({ ...DAY, ...year, ...(utc ? { timeZone: 'UTC' } : {}) }).format(date);
}

/** The browser's zone as it is written beside times: GMT+2. */
export function zone() {
    return format({ timeZoneName: 'short', hour: 'numeric' })
        .formatToParts(new Date())
        .find((part) => part.type === 'timeZoneName').value;
}

const ago = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

/** How long ago, in one unit: 3 min ago. */
export function since(value, now = Date.now()) {
    const seconds = (new Date(value).getTime() - now) / 1000;
    for (const [unit, length] of [
        ['year', 31_557_600],
        ['month', 2_629_800],
        ['day', 86_400],
        ['hour', 3_600],
        ['minute', 60],
    ]) {
        if (Math.abs(seconds) >= length) {
            return ago.format(Math.trunc(seconds / length), unit);
        }
    }
    return ago.format(Math.trunc(seconds), 'second');
}

/** An address of which a reader recognises their own: j***@example.org. */
export function masked(address) {
    const at = address.lastIndexOf('@');
    return at <= 0 ? address : `${address.slice(0, 1)}***${address.slice(at)}`;
}
