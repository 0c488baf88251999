// What is unusual, and in what words. Pure: figures in, findings out; nothing is found that the figures do not carry.

import { CATEGORIES, TROUBLES, failed, scopeOf, scopeOfCategory } from './words.js';

/** Fewer attempts than these say nothing about a share. */
const ENOUGH_ATTEMPTS = 50;
const ENOUGH_FAILURES = 20;

/** Fewer windows than these after a stretch of failures do not show that it is over. */
const ENOUGH_WINDOWS = 3;

/** A share is unusual when it is so many points and so many times above the usual one, beyond chance. */
const NOTABLE_POINTS = 0.05;
const NOTABLE_TIMES = 1.5;
const BEYOND_CHANCE = 5;

/** A share that deserves a word also where it is nothing new. */
const BAD_ANYWAY = 0.3;

/** A category is up everywhere when it has gained so much of all attempts. */
const CATEGORY_POINTS = 0.01;
const CATEGORY_TIMES = 2;

/**
 * How many standard errors two shares are apart (two proportions, pooled); 0 where either has no attempts.
 */
export function apart(events, attempts, eventsBefore, attemptsBefore) {
    if (attempts === 0 || attemptsBefore === 0) {
        return 0;
    }
    const pooled = (events + eventsBefore) / (attempts + attemptsBefore);
    const error = Math.sqrt(pooled * (1 - pooled) * (1 / attempts + 1 / attemptsBefore));
    return error === 0 ? 0 : (events / attempts - eventsBefore / attemptsBefore) / error;
}

/**
 * The stretch in which failures were concentrated: where the sum of what failed beyond the average share is lowest, and where
 * it is highest after that (CUSUM). Null when the share within is not at least twice that outside.
 *
 * @param points [start in milliseconds, attempts, failed], in order
 * @returns from and to in milliseconds (null: from before the first, or up to now), and attempts and failures within and outside
 */
export function stretch(points) {
    const attempts = sumOf(points, 1);
    const all = sumOf(points, 2);
    if (points.length < 4 || all < ENOUGH_FAILURES) {
        return null;
    }
    const usual = all / attempts;
    let best = { gain: 0 };
    let sum = 0;
    let low = { sum: 0, index: 0 };
    points.forEach(([, tried, wrong], index) => {
        if (sum < low.sum) {
            low = { sum, index };
        }
        sum += wrong - usual * tried;
        if (sum - low.sum > best.gain) {
            best = { gain: sum - low.sum, first: low.index, last: index };
        }
    });
    if (best.gain === 0) {
        return null;
    }
    const last = isOver(points, best) ? best.last : points.length - 1;
    const inside = points.slice(best.first, last + 1);
    const within = { attempts: sumOf(inside, 1), failed: sumOf(inside, 2) };
    const outside = { attempts: attempts - within.attempts, failed: all - within.failed };
    if (outside.attempts < ENOUGH_ATTEMPTS / 5 || within.failed / within.attempts < (2 * outside.failed) / outside.attempts) {
        return null;
    }
    const from = best.first === 0 ? null : points[best.first][0];
    const to = last === points.length - 1 ? null : points[last + 1][0];
    return from === null && to === null ? null : { from, to, within, outside };
}

/** Said only when what came after is several windows, with attempts enough, of which far fewer failed: the last ones still fill up. */
function isOver(points, { first, last }) {
    const within = points.slice(first, last + 1);
    const after = points.slice(last + 1).filter(([, attempts]) => attempts > 0);
    const attempts = sumOf(after, 1);
    return (
        after.length >= ENOUGH_WINDOWS &&
        attempts >= ENOUGH_FAILURES &&
        sumOf(after, 2) / attempts < sumOf(within, 2) / sumOf(within, 1) / 2
    );
}

function sumOf(points, member) {
    return points.reduce((total, point) => total + point[member], 0);
}

/**
 * What is unusual about a domain or a provider, against the span before or, where that had too little, against all others.
 *
 * @param row figures with topCategory and topScope, before where compared, spark where there is one
 * @param rest attempts and failures of everything else in the same span; null when there is nothing else
 * @returns null when nothing is
 */
export function assess(row, rest) {
    const wrong = failed(row);
    if (row.attempts < ENOUGH_ATTEMPTS || wrong < ENOUGH_FAILURES) {
        return null;
    }
    const compared =
        row.before && row.before.attempts >= ENOUGH_ATTEMPTS
            ? { against: 'before', attempts: row.before.attempts, failed: failed(row.before), figures: row.before }
            : rest && rest.attempts >= ENOUGH_ATTEMPTS
              ? { against: 'rest', attempts: rest.attempts, failed: rest.failed, figures: rest.figures }
              : null;
    const now = wrong / row.attempts;
    const usual = compared ? compared.failed / compared.attempts : null;
    const isNew = compared !== null && stands({ attempts: row.attempts, failed: wrong }, compared);
    const when = row.spark ? stretch(row.spark.points) : null;
    if (!isNew && when && stands(when.within, when.outside)) {
        return sudden(row, when);
    }
    if (!isNew && now < BAD_ANYWAY) {
        return null;
    }
    const outcome = mainOutcome(row, isNew ? compared : null);
    return {
        isNew,
        against: isNew ? compared.against : null,
        outcome,
        count: row[outcome.key],
        share: row[outcome.key] / row.attempts,
        usual: isNew ? compared.figures[outcome.key] / compared.attempts : null,
        attempts: row.attempts,
        category: row.topCategory,
        scope: scopeFor(row),
        excess: isNew ? wrong - usual * row.attempts : wrong,
        when,
    };
}

/** Whether a share is above another by enough to be worth a word. */
function stands(one, other) {
    const share = one.failed / one.attempts;
    const usual = other.failed / other.attempts;
    return (
        one.attempts >= ENOUGH_ATTEMPTS &&
        share - usual >= NOTABLE_POINTS &&
        share >= usual * NOTABLE_TIMES &&
        apart(one.failed, one.attempts, other.failed, other.attempts) >= BEYOND_CHANCE
    );
}

/** A stretch of the span that stands out from the rest of it, where the span as a whole does not stand out. */
function sudden(row, when) {
    const { within, outside } = when;
    const usual = outside.failed / outside.attempts;
    return {
        isNew: true,
        against: 'span',
        outcome: { key: 'failed', verb: 'failed' },
        count: within.failed,
        share: within.failed / within.attempts,
        usual,
        attempts: within.attempts,
        category: row.topCategory,
        scope: scopeFor(row),
        excess: within.failed - usual * within.attempts,
        when,
    };
}

function scopeFor(row) {
    return row.topScope ? scopeOf(row.topScope) : row.topCategory ? scopeOfCategory(row.topCategory) : scopeOf(null);
}

/** The outcome with most beyond the usual, or with most. */
function mainOutcome(figures, compared) {
    const beyond = (outcome) =>
        figures[outcome.key] - (compared ? (compared.figures[outcome.key] / compared.attempts) * figures.attempts : 0);
    return TROUBLES.reduce((most, outcome) => (beyond(outcome) > beyond(most) ? outcome : most));
}

function minus(totals, row) {
    const rest = Object.fromEntries(TROUBLES.map(({ key }) => [key, totals[key] - row[key]]));
    return { attempts: totals.attempts - row.attempts, failed: failed(totals) - failed(row), figures: rest };
}

/**
 * Findings of an overview, what weighs most first.
 *
 * @param totals figures of everything, with categories
 * @param before the same of the span before; null when not compared
 * @param providers rows, recognised ones and "unknown"
 * @param domains rows
 */
export function findings(totals, before, providers, domains) {
    const found = [];
    for (const row of providers) {
        const finding = row.provider === 'unknown' ? null : assess(row, minus(totals, row));
        if (finding) {
            found.push({ ...finding, kind: 'provider', id: row.provider, name: row.name });
        }
    }
    for (const row of domains) {
        const told = found.some(
            (finding) => finding.kind === 'provider' && finding.id === row.provider && finding.category === row.topCategory,
        );
        const finding = told ? null : assess(row, minus(totals, row));
        if (finding) {
            found.push({ ...finding, kind: 'domain', id: row.domain, name: row.domain });
        }
    }
    const categories = everywhere(totals, before, found);
    const told = categories.map((finding) => finding.category);
    return inOrder([...found.filter((finding) => !told.includes(finding.category)), ...categories]);
}

/**
 * Scopes of which failures stood out everywhere for a part of the span, as of a campaign to a bad list, unless findings of places already
 * account for most of it.
 *
 * @param points of a series, with scopes and categories
 * @param found findings of places and categories
 */
export function surges(points, found) {
    const scopes = new Set(points.flatMap((point) => Object.keys(point.scopes)));
    return [...scopes].flatMap((key) => {
        const when = stretch(points.map((point) => [Date.parse(point.start), point.attempts, point.scopes[key] ?? 0]));
        if (!when) {
            return [];
        }
        const { within, outside } = when;
        const share = within.failed / within.attempts;
        const usual = outside.failed / outside.attempts;
        const excess = within.failed - usual * within.attempts;
        const told = found
            .filter((finding) => finding.scope.key === key && finding.isNew)
            .reduce((sum, finding) => sum + finding.excess, 0);
        if (
            share - usual < CATEGORY_POINTS ||
            told > excess * 0.6 ||
            apart(within.failed, within.attempts, outside.failed, outside.attempts) < BEYOND_CHANCE
        ) {
            return [];
        }
        return [
            {
                kind: 'scope',
                id: key,
                isNew: true,
                against: 'span',
                outcome: { key: 'failed', verb: 'failed for this' },
                count: within.failed,
                share,
                usual,
                attempts: within.attempts,
                category: topOf(key, points, when),
                scope: scopeOf(key),
                excess,
                when,
            },
        ];
    });
}

/** The category of a scope with most events in a stretch. */
function topOf(scope, points, { from, to }) {
    const sums = {};
    for (const point of points) {
        const start = Date.parse(point.start);
        if ((from === null || start >= from) && (to === null || start < to)) {
            for (const [category, events] of Object.entries(point.categories)) {
                if (scopeOfCategory(category).key === scope) {
                    sums[category] = (sums[category] ?? 0) + events;
                }
            }
        }
    }
    return Object.entries(sums).sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Findings in the order in which they are told: what goes on before what is over, and what weighs most first. */
export function inOrder(found) {
    const past = (finding) => Boolean(finding.when?.to);
    return [...found].sort((a, b) => b.isNew - a.isNew || past(a) - past(b) || b.excess - a.excess);
}

/** Categories that are up, unless a finding that is there already accounts for most of it. */
function everywhere(totals, before, found) {
    if (!before || before.attempts < ENOUGH_ATTEMPTS || totals.attempts < ENOUGH_ATTEMPTS) {
        return [];
    }
    return Object.entries(totals.categories ?? {}).flatMap(([category, events]) => {
        const eventsBefore = before.categories?.[category] ?? 0;
        const now = events / totals.attempts;
        const usual = eventsBefore / before.attempts;
        const excess = events - usual * totals.attempts;
        const told = found
            .filter((finding) => finding.category === category && finding.isNew)
            .reduce((sum, finding) => sum + finding.excess, 0);
        if (
            category === 'DELIVERED' ||
            events < ENOUGH_FAILURES ||
            now - usual < CATEGORY_POINTS ||
            now < usual * CATEGORY_TIMES ||
            told > excess * 0.6 ||
            apart(events, totals.attempts, eventsBefore, before.attempts) < BEYOND_CHANCE
        ) {
            return [];
        }
        return [
            {
                kind: 'category',
                id: category,
                name: CATEGORIES[category]?.name ?? category,
                isNew: true,
                against: 'before',
                count: events,
                share: now,
                usual,
                attempts: totals.attempts,
                category,
                scope: scopeOfCategory(category),
                excess,
                when: null,
            },
        ];
    });
}
