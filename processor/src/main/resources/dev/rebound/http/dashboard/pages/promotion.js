// Bringing what a replay came to to live, and taking that back: first what would be done, then, when it is meant, the doing.

import { Problem, post } from '../api.js';
import { h } from '../dom.js';
import * as format from '../format.js';
import { card, confirmed, problemState, sentence, withToken } from '../parts.js';
import { OUTSIDE } from './difference.js';

/** What is done, by the names of the answer. */
const DONE = [
    ['added', 'to be suppressed', 'address', 'addresses'],
    ['lifted', 'to be freed', 'address', 'addresses'],
    ['changed', 'to be suppressed otherwise', 'address', 'addresses'],
    ['rows', 'of the code table to be written', 'row', 'rows'],
];

/** The same of what a rollback takes back. */
const UNDONE = [
    ['added', 'that the promotion suppressed', 'address', 'addresses'],
    ['lifted', 'that the promotion freed', 'address', 'addresses'],
    ['changed', 'that the promotion suppressed otherwise', 'address', 'addresses'],
    ['rows', 'of the code table to say again what they said', 'row', 'rows'],
];

/** What is left as it is, and why. */
const LEFT = [
    ['already', 'done earlier'],
    ['alike', 'live says the same by now'],
    ['over', 'would have ended by now'],
    ['kept', 'the recipient or some other person has spoken'],
    ['erased', 'the address was erased'],
];

const WAYS = {
    promote: {
        done: DONE,
        ask: 'Promote to live?',
        button: 'Promote',
        none: 'There is nothing to promote.',
        over: 'Promoted',
    },
    rollback: {
        done: UNDONE,
        ask: 'Take the promotion back?',
        button: 'Roll back',
        none: 'There is nothing to take back.',
        over: 'Rolled back',
    },
};

/** Promotion and rollback of one replay. */
export class Promotion {
    #path;
    #name;
    #why = field({ maxlength: '500', placeholder: 'the provider’s 5.1.1 of 12 November was an outage' });
    #by = field({ maxlength: '500', placeholder: 'your name or team' });
    #told = h('div', { class: 'promotion-told', 'aria-live': 'polite' });
    #note = h('p', { class: 'quiet-text', hidden: true }, 'Only the difference from live can be promoted, whatever is shown above.');

    constructor(path, name) {
        this.#path = path;
        this.#name = name;
        this.#why.id = 'promotion-why';
        this.#by.id = 'promotion-by';
        this.element = card(
            'Bring it to live',
            { note: 'Suppressions as commands with your reason, given rows of codes and rules as new revisions. It can be taken back.' },
            h(
                'form',
                {
                    class: 'find',
                    'aria-label': 'Promote',
                    onsubmit: (event) => {
                        event.preventDefault();
                        this.#plan(event.submitter?.value === 'rollback' ? 'rollback' : 'promote');
                    },
                },
                h('div', { class: 'field grow' }, h('label', { for: 'promotion-why' }, 'Reason'), this.#why),
                h('div', { class: 'field' }, h('label', { for: 'promotion-by' }, 'By'), this.#by),
                h('button', { class: 'button primary', value: 'promote' }, 'Show what would change'),
                h('button', { class: 'button', value: 'rollback' }, 'Show what a rollback would undo'),
            ),
            this.#note,
            this.#told,
        );
        this.element.hidden = true;
    }

    offer(replay, isAgainstLive) {
        this.#note.hidden = isAgainstLive;
    }

    async #send(way, body) {
        return withToken(() => post(`${this.#path}/${way}`, body));
    }

    /** First without doing it. */
    async #plan(way) {
        this.#told.replaceChildren(h('p', { class: 'quiet-text' }, 'Looking at what would change …'));
        try {
            const plan = await this.#send(way, { dryRun: true });
            this.#told.replaceChildren(...(plan ? this.#shown(way, plan) : []));
        } catch (e) {
            this.#told.replaceChildren(problemState(e, () => this.#plan(way), 'h3'));
        }
    }

    #shown(way, plan) {
        const { done, none, button } = WAYS[way];
        const doing = done.filter(([key]) => plan[key] > 0);
        const left = LEFT.filter(([key]) => plan[key] > 0);
        const notCompared = Object.entries(plan.notCompared ?? {});
        const skip = h('input', { type: 'checkbox', id: 'skip-conflicts' });
        const act = h('button', { type: 'button', class: 'button danger', onclick: () => this.#ask(way, plan, skip.checked, act) }, `${button} …`);
        const update = () => (act.disabled = plan.conflicts > 0 && !skip.checked);
        skip.addEventListener('change', update);
        update();
        return [
            h('h3', {}, way === 'promote' ? 'What a promotion would do' : 'What a rollback would do'),
            doing.length > 0
                ? h('ul', { class: 'plan' }, doing.map((one) => h('li', {}, h('b', {}, counted(plan, one)), ` ${one[1]}`)))
                : h('p', { class: 'none' }, none),
            left.length > 0 &&
                h(
                    'p',
                    { class: 'quiet-text' },
                    'Left as it is: ',
                    left.map(([key, why]) => `${format.number(plan[key])} (${why})`).join(', '),
                    '.',
                ),
            notCompared.length > 0 &&
                h(
                    'p',
                    { class: 'quiet-text' },
                    'Not compared, and left as it is: ',
                    notCompared.map(([why, count]) => `${format.number(count)} (${OUTSIDE[why] ?? why})`).join(', '),
                    '.',
                ),
            plan.policy &&
                h(
                    'p',
                    { class: 'quiet-text' },
                    'The replay had a policy of its own, which is not promoted: set ',
                    h('code', {}, 'rebound.suppression.policy'),
                    ' for it.',
                ),
            !plan.complete && h('p', { class: 'replay-problem' }, 'The time was over before all was looked at: there may be more.'),
            plan.conflicts > 0 && [
                h(
                    'div',
                    { class: 'conflicts' },
                    h(
                        'p',
                        {},
                        h('b', {}, `${format.number(plan.conflicts)} ${plan.conflicts === 1 ? 'stands' : 'stand'} against it`),
                        ': live has changed in between.',
                    ),
                    h(
                        'ul',
                        {},
                        plan.named.map(({ key, reason }) => h('li', {}, h('code', {}, maskedKey(key)), ' ', sentence(reason))),
                    ),
                    doing.length > 0 && h('label', { class: 'choice' }, skip, h('span', {}, 'Leave these as they are, and do the rest')),
                ),
            ],
            doing.length > 0 && h('div', { class: 'buttons' }, act),
        ]
            .flat()
            .filter(Boolean);
    }

    async #ask(way, plan, skipConflicts, button) {
        const issued = { why: this.#why.value.trim(), by: this.#by.value.trim() };
        const { ask, done, button: label } = WAYS[way];
        const what = h(
            'ul',
            { class: 'plan' },
            done.filter(([key]) => plan[key] > 0).map((one) => h('li', {}, h('b', {}, counted(plan, one)), ` ${one[1]}`)),
        );
        if (!(await confirmed(ask, [what, h('p', { class: 'quiet-text' }, `Reason: ${issued.why}, by ${issued.by}.`)], label))) {
            return;
        }
        button.disabled = true;
        try {
            const report = await this.#send(way, { ...issued, dryRun: false, skipConflicts });
            if (report) {
                this.#over(way, report);
            }
        } catch (e) {
            const again = () => this.#plan(way);
            this.#told.replaceChildren(problemState(e, again, 'h3'));
            if (e instanceof Problem && e.status === 409) {
                this.#told.append(h('p', { class: 'quiet-text' }, 'Nothing was written.'));
            }
        } finally {
            button.disabled = false;
        }
    }

    #over(way, report) {
        const rest = () => this.#plan(way);
        this.#told.replaceChildren(
            h(
                'p',
                { class: 'banner done', role: 'status' },
                `${WAYS[way].over}: ${format.number(report.written)} commands and rows are written, and take effect within a second.`,
            ),
            ...(report.complete
                ? []
                : [
                      h('p', {}, 'The time was over before all was done.'),
                      h('button', { type: 'button', class: 'button', onclick: rest }, 'Show what is left'),
                  ]),
        );
    }
}

function field(attributes) {
    return h('input', { type: 'text', required: true, autocomplete: 'off', ...attributes });
}

function counted(plan, [key, , one, many]) {
    return `${format.number(plan[key])} ${plan[key] === 1 ? one : many}`;
}

/** list|address with a masked address; a row of the code table as it is. */
function maskedKey(key) {
    const bar = key.indexOf('|');
    return bar < 0 ? key : `${key.slice(0, bar)} ${format.masked(key.slice(bar + 1))}`;
}
