// Replays: those that are there, starting one, and each by itself.

import { get, post, remove } from '../api.js';
import { between, h, show } from '../dom.js';
import * as format from '../format.js';
import { card, confirmed, fact, problemState, skeleton, state, withToken } from '../parts.js';
import { PRESETS } from '../words.js';
import { Difference } from './difference.js';
import { Promotion } from './promotion.js';

const PATH = '/api/v1/replays';

/** While somebody works on one, and else. */
const SOON = 2_000;
const LATER = 15_000;

const OUTCOMES = ['DELIVERED', 'DEFERRED', 'BOUNCED', 'EXPIRED', 'COMPLAINED', 'SUPPRESSED'];

/** States with what they mean. */
const STATES = {
    starting: { name: 'Starting', says: 'Its process is being started' },
    preparing: { name: 'Preparing', says: 'Its topics and tables are being made' },
    running: { name: 'Running', says: 'It is under way' },
    interrupted: { name: 'Interrupted', says: 'Nobody works on it; it can go on where it was' },
    stopped: { name: 'Stopped', says: 'Somebody stopped it; it can go on where it was' },
    failed: { name: 'Failed', says: 'It could not go on' },
    finished: { name: 'Finished', says: 'It is at its end' },
};

const UNDER_WAY = ['starting', 'preparing', 'running'];

function isUnderWay(replay) {
    return UNDER_WAY.includes(replay.state);
}

function pathOf(name) {
    return `${PATH}/${encodeURIComponent(name)}`;
}

function hrefOf(name) {
    return `/replays/${encodeURIComponent(name)}`;
}

function badge(replay) {
    const { name, says } = STATES[replay.state] ?? { name: replay.state, says: '' };
    return h('span', { class: 'tag phase', 'data-state': replay.state, title: says }, h('i', { class: 'swatch' }), name);
}

function progressBar(replay) {
    const share = replay.share ?? 0;
    const percent = replay.state === 'finished' ? 100 : Math.floor(share * 100);
    return h('div', {
        class: 'progress-bar',
        role: 'progressbar',
        'aria-label': `Progress of ${replay.name}`,
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        'aria-valuenow': String(percent),
        'data-state': replay.state,
        '--w': `${percent}%`,
    });
}

/** How far it is, in a few words. */
function progressText(replay) {
    if (replay.state === 'finished') {
        return `${format.number(replay.records?.processed ?? 0)} events`;
    }
    if (!replay.records) {
        return replay.state === 'interrupted' ? 'not begun' : 'about to begin';
    }
    const left = isUnderWay(replay) && replay.secondsLeft !== undefined ? `, ${format.duration(replay.secondsLeft)} left` : '';
    return `${Math.floor((replay.share ?? 0) * 100)} %${left}`;
}

function offsetsOf(replay) {
    return replay.span.reduce((all, part) => all + Math.max(0, part.to - part.from), 0);
}

function spanText(replay) {
    if (replay.from && replay.to) {
        return `${format.time(replay.from)} – ${format.time(replay.to)}`;
    }
    if (replay.from || replay.to) {
        return replay.from ? `since ${format.time(replay.from)}` : `until ${format.time(replay.to)}`;
    }
    return `${format.compact(offsetsOf(replay))} events`;
}

/** What is other than live's. */
function otherwise(replay) {
    const { rows = [], policyGiven, preset } = replay.tables;
    return [
        rows.length > 0 && `${rows.length} ${rows.length === 1 ? 'row' : 'rows'} of codes`,
        policyGiven && `policy${preset ? ` ${preset}` : ''}`,
        replay.asLive && 'tables of then',
        ...filters(replay).map(([name, values]) => `${name} ${values.length > 2 ? `${values.length} values` : values.join(', ')}`),
    ].filter(Boolean);
}

function filters(replay) {
    return Object.entries(replay.filters ?? {}).filter(([, values]) => values.length > 0);
}

// All of them

/** The page with all replays, and the form that starts one. */
export function replaysPage(context) {
    context.title('Replays');
    const list = h('div', { class: 'replays' }, skeleton('row', 'row', 'row'));
    const form = new StartForm(context);
    let pace = LATER;
    return {
        live: false,
        nodes: [
            h(
                'div',
                { class: 'page-head' },
                h(
                    'div',
                    {},
                    h('h1', { tabindex: '-1' }, 'Replays'),
                    h(
                        'p',
                        { class: 'under' },
                        'What would have happened, had codes, rules or policy been others. Nothing live is touched.',
                    ),
                ),
            ),
            card('All replays', {}, list),
            form.element,
        ],
        every: () => pace,
        async load(signal) {
            const { replays } = await get(PATH, {}, signal);
            pace = replays.some(isUnderWay) ? SOON : LATER;
            form.know(replays);
            show(list, [replays, format.since(Date.now())], () => replayList(replays));
        },
    };
}

function replayList(replays) {
    if (replays.length === 0) {
        return state(
            'empty',
            'No replays yet',
            h('p', {}, 'Start one below, or with ', h('code', {}, 'rebound replay start'), '.'),
        );
    }
    const newest = [...replays].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
    return h(
        'ul',
        { class: 'replay-list' },
        newest.map((replay) =>
            h(
                'li',
                {},
                h(
                    'div',
                    { class: 'replay-name' },
                    h('a', { href: hrefOf(replay.name), 'data-key': `replay-${replay.name}` }, replay.name),
                    h('small', {}, `${format.since(replay.createdAt)} by ${replay.createdBy}`),
                ),
                h(
                    'div',
                    { class: 'replay-what' },
                    h('span', {}, spanText(replay)),
                    h('small', {}, otherwise(replay).join(' · ') || 'codes, rules and policy of live'),
                ),
                h(
                    'div',
                    { class: 'replay-how-far' },
                    h('div', { class: 'replay-state' }, badge(replay), h('span', {}, progressText(replay))),
                    progressBar(replay),
                ),
            ),
        ),
    );
}

// Starting one

let fields = 0;

function field(label, control, { help, grow } = {}) {
    const id = (control.id ||= `field-${++fields}`);
    if (help) {
        control.setAttribute('aria-describedby', `${id}-help`);
    }
    return h(
        'div',
        { class: grow ? 'field grow' : 'field' },
        h('label', { for: id }, label),
        control,
        help && h('p', { id: `${id}-help`, class: 'quiet-text' }, help),
    );
}

function text(attributes) {
    return h('input', { type: 'text', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', ...attributes });
}

function choice(name, value, label, checked, onchange) {
    return h('label', { class: 'choice' }, h('input', { type: 'radio', name, value, checked, onchange }), h('span', {}, label));
}

/** A text that can be read from a file, too. */
function fileField(label, { placeholder, help }) {
    const area = h('textarea', { rows: '4', placeholder, spellcheck: 'false', autocapitalize: 'none' });
    const picker = h('input', {
        type: 'file',
        class: 'unseen',
        tabindex: '-1',
        'aria-hidden': 'true',
        accept: '.yaml,.yml,.json,.ndjson,.txt',
        onchange: async () => {
            if (picker.files.length > 0) {
                area.value = await picker.files[0].text();
                picker.value = '';
                area.focus();
            }
        },
    });
    const button = h(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': `${label} from a file`, onclick: () => picker.click() },
        'From a file …',
    );
    return { area, element: h('div', { class: 'file-field' }, field(label, area, { help, grow: true }), button, picker) };
}

function words(input) {
    return input.value.split(/[\s,;]+/).filter(Boolean);
}

class StartForm {
    #context;
    #told = h('div', { role: 'status' });
    #names = [];
    #named = false;

    constructor(context) {
        this.#context = context;
        const changed = () => this.#update();
        this.#name = text({ required: true, maxlength: '40', pattern: '[a-z0-9][a-z0-9\\-]{0,39}', placeholder: 'november-2' });
        this.#name.addEventListener('input', () => (this.#named = true));
        this.#by = text({ required: true, maxlength: '500', placeholder: 'your name or team' });
        this.#from = h('input', { type: 'datetime-local' });
        this.#to = h('input', { type: 'datetime-local' });
        this.#to.addEventListener('input', () => this.#to.setCustomValidity(''));
        this.#times = h('div', { class: 'find' }, field('From', this.#from), field('To', this.#to));
        this.#tenants = text({ placeholder: 'all' });
        this.#domains = text({ placeholder: 'all' });
        this.#codes = text({ placeholder: 'all' });
        this.#outcomes = OUTCOMES.map((outcome) => h('input', { type: 'checkbox', value: outcome }));
        this.#asLive = h('input', { type: 'checkbox', onchange: changed });
        this.#codesFile = fileField('Codes', {
            placeholder: '- code: 5.1.1\n  bounceType: SOFT',
            help: 'Rows that count instead of live’s: YAML, or what rebound codes export prints.',
        });
        this.#rulesFile = fileField('Rules', {
            placeholder: '- id: quota\n  …',
            help: 'Rules about the words of replies, as rebound rules import reads them.',
        });
        this.#policyFile = fileField('Policy file', { placeholder: 'extends: default\n…', help: 'When addresses are suppressed.' });
        this.#policy = h(
            'select',
            { onchange: changed },
            h('option', { value: '' }, 'live’s'),
            PRESETS.map((preset) => h('option', { value: preset }, preset)),
            h('option', { value: 'file' }, 'a file …'),
        );
        this.#button = h('button', { class: 'button primary' }, 'Start the replay');
        this.element = this.#card(changed);
        this.#update();
    }

    #name;
    #by;
    #from;
    #to;
    #times;
    #tenants;
    #domains;
    #codes;
    #outcomes;
    #asLive;
    #codesFile;
    #rulesFile;
    #policyFile;
    #policy;
    #button;

    #card(changed) {
        this.form = h(
            'form',
            {
                class: 'start',
                'aria-label': 'Start a replay',
                onsubmit: (event) => {
                    event.preventDefault();
                    this.#start();
                },
            },
            h('div', { class: 'find' }, field('Name', this.#name), field('By', this.#by)),
            h(
                'fieldset',
                {},
                h('legend', {}, 'Which events'),
                h(
                    'div',
                    { class: 'choices' },
                    choice('span', 'all', 'All that are there', true, changed),
                    choice('span', 'times', 'Those that arrived from … to …', false, changed),
                ),
                this.#times,
                h(
                    'details',
                    { class: 'more' },
                    h('summary', {}, 'Only some of them'),
                    h(
                        'div',
                        { class: 'find' },
                        field('Tenants', this.#tenants),
                        field('Receiving domains', this.#domains),
                        field('Codes in the reply', this.#codes),
                    ),
                    h('p', { class: 'quiet-text', id: 'outcomes-label' }, 'Outcomes; none marked is all'),
                    h(
                        'div',
                        { class: 'choices', role: 'group', 'aria-labelledby': 'outcomes-label' },
                        this.#outcomes.map((box) =>
                            h('label', { class: 'choice' }, box, h('span', {}, outcomeName(box.value))),
                        ),
                    ),
                ),
            ),
            h(
                'fieldset',
                {},
                h('legend', {}, 'By which tables'),
                h('div', { class: 'files' }, this.#codesFile.element, this.#rulesFile.element),
                h(
                    'label',
                    { class: 'choice' },
                    this.#asLive,
                    h('span', {}, 'As live: each event with the codes and rules that it met the first time'),
                ),
                h('div', { class: 'find' }, field('Suppression policy', this.#policy)),
                this.#policyFile.element,
            ),
            h('div', { class: 'buttons' }, this.#button),
            this.#told,
        );
        return card('Start a replay', { id: 'start' }, this.form);
    }

    /** Names that are taken; proposes one that is not. */
    know(replays) {
        this.#names = replays.map((replay) => replay.name);
        if (!this.#named) {
            let number = 1;
            while (this.#names.includes(`replay-${number}`)) {
                number++;
            }
            this.#name.value = `replay-${number}`;
        }
    }

    get #isByTime() {
        return this.form.elements.span.value === 'times';
    }

    #update() {
        this.#times.hidden = !this.#isByTime;
        this.#from.required = this.#isByTime;
        this.#to.required = this.#isByTime;
        const asLive = this.#asLive.checked;
        [this.#codesFile, this.#rulesFile].forEach(({ element, area }) => {
            area.disabled = asLive;
            element.querySelector('button').disabled = asLive;
        });
        this.#policyFile.element.hidden = this.#policy.value !== 'file';
    }

    #body() {
        const policy = this.#policy.value === 'file' ? this.#policyFile.area.value : this.#policy.value;
        const asLive = this.#asLive.checked;
        const given = {
            name: this.#name.value.trim(),
            by: this.#by.value.trim(),
            ...(this.#isByTime
                ? { from: new Date(this.#from.value).toISOString(), to: new Date(this.#to.value).toISOString() }
                : { all: true }),
            tenants: words(this.#tenants),
            domains: words(this.#domains),
            codes: words(this.#codes),
            outcomes: this.#outcomes.filter((box) => box.checked).map((box) => box.value),
            asLive,
            codesFile: asLive ? '' : this.#codesFile.area.value,
            rulesFile: asLive ? '' : this.#rulesFile.area.value,
            policy,
        };
        return Object.fromEntries(
            Object.entries(given).filter(([, value]) => value !== false && (Array.isArray(value) ? value.length > 0 : value !== '')),
        );
    }

    async #start() {
        if (this.#isByTime && !(Date.parse(this.#from.value) < Date.parse(this.#to.value))) {
            this.#to.setCustomValidity('The end has to be after the beginning');
            this.#to.reportValidity();
            return;
        }
        this.#button.disabled = true;
        this.#told.replaceChildren();
        try {
            const replay = await withToken(() => post(PATH, this.#body()));
            if (replay) {
                this.#context.go(hrefOf(replay.name));
            }
        } catch (e) {
            this.#told.replaceChildren(problemState(e, () => this.#start(), 'h3'));
        } finally {
            this.#button.disabled = false;
        }
    }
}

function outcomeName(outcome) {
    return outcome.charAt(0) + outcome.slice(1).toLowerCase();
}

// One of them

/** The page of one replay: what it is, how far it is, what it came to, and bringing that to live. */
export function replayPage(context, name) {
    context.title(`Replay ${name}`);
    const head = h('div', { class: 'under' });
    const how = h('div', {}, skeleton('row', 'row'));
    const told = h('div', { role: 'status' });
    const announced = h('p', { class: 'unseen', role: 'status' });
    const difference = new Difference(context, pathOf(name), name);
    const promotion = new Promotion(pathOf(name), name);
    const working = new Working(context, name, told);
    let pace = SOON;
    let before = null;
    return {
        live: false,
        nodes: [
            h(
                'nav',
                { class: 'crumbs', 'aria-label': 'Where this is' },
                h('a', { href: '/replays', 'data-keep': true }, 'Replays'),
                h('span', { 'aria-hidden': 'true' }, '/'),
                'Replay',
            ),
            h('div', { class: 'page-head' }, h('div', {}, h('h1', { class: 'place', tabindex: '-1' }, name), head)),
            announced,
            how,
            told,
            difference.element,
            promotion.element,
        ],
        every: () => pace,
        async load(signal) {
            const replay = await get(pathOf(name), {}, signal);
            if (before !== null && before !== replay.state) {
                announced.textContent = `Replay ${name}: ${(STATES[replay.state]?.name ?? replay.state).toLowerCase()}`;
            }
            before = replay.state;
            show(head, replay.createdBy, () => `Started ${format.timestamp(replay.createdAt)} by ${replay.createdBy}`);
            show(how, replay, () => working.show(replay));
            const isFinished = replay.state === 'finished';
            promotion.element.hidden = !isFinished;
            difference.element.hidden = !isFinished;
            pace = isUnderWay(replay) ? SOON : LATER;
            if (isFinished) {
                const again = await difference.load(replay, signal);
                pace = again ? SOON : LATER;
                promotion.offer(replay, difference.isAgainstLive);
            }
        },
    };
}

/** What one is, how far it is, and what can be done with it. */
class Working {
    #context;
    #name;
    #told;

    constructor(context, name, told) {
        this.#context = context;
        this.#name = name;
        this.#told = told;
    }

    show(replay) {
        return h(
            'div',
            { class: 'columns replay-columns' },
            card(
                'Progress',
                { tools: badge(replay) },
                progressBar(replay),
                this.#figures(replay),
                replay.problem && h('p', { class: 'replay-problem', role: 'alert' }, replay.problem),
                h('p', { class: 'quiet-text' }, explanation(replay)),
                h('div', { class: 'buttons' }, this.#buttons(replay)),
            ),
            card('What is replayed', {}, facts(replay)),
        );
    }

    #figures(replay) {
        const records = replay.records;
        if (!records) {
            return h('p', { class: 'replay-far' }, progressText(replay));
        }
        const items = [
            ['Done', replay.state === 'finished' ? '100 %' : `${Math.floor((replay.share ?? 0) * 100)} %`],
            ['Read', `${format.compact(records.read)} of ${format.compact(records.total)}`],
            ['Processed', format.compact(records.processed)],
            isUnderWay(replay) && ['A second', format.compact(replay.perSecond)],
            isUnderWay(replay) && ['Time left', replay.secondsLeft === undefined ? '–' : format.duration(replay.secondsLeft)],
        ].filter(Boolean);
        return h(
            'dl',
            { class: 'small-figures' },
            items.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
        );
    }

    #buttons(replay) {
        const button = (label, kind, action) =>
            h('button', { type: 'button', class: `button ${kind}`, 'data-key': label, onclick: (event) => action(event.target) }, label);
        if (isUnderWay(replay)) {
            return [button('Stop', '', (from) => this.#do(from, () => post(`${pathOf(this.#name)}/stop`, {})))];
        }
        return [
            replay.state !== 'finished' &&
                button('Go on', 'primary', (from) => this.#do(from, () => post(PATH, { name: this.#name }))),
            button('Delete …', 'danger', (from) => this.#delete(from)),
        ].filter(Boolean);
    }

    async #delete(from) {
        const meant = await confirmed(
            `Delete replay ${this.#name}?`,
            h('p', {}, 'Its topics, groups, schemas and state go. Nothing else does; what was promoted stays.'),
            'Delete',
        );
        if (meant && (await this.#do(from, () => remove(pathOf(this.#name))))) {
            this.#context.go('/replays');
        }
    }

    async #do(from, send) {
        from.disabled = true;
        this.#told.replaceChildren();
        try {
            const done = await withToken(send);
            if (done) {
                this.#context.refresh();
            }
            return done;
        } catch (e) {
            this.#told.replaceChildren(problemState(e, () => this.#do(from, send)));
            return null;
        } finally {
            from.disabled = false;
        }
    }
}

function explanation(replay) {
    switch (replay.state) {
        case 'starting':
            return 'Its process is being started; that takes some seconds.';
        case 'preparing':
            return 'Topics and tables of its own are being made.';
        case 'running':
            return 'It ends by itself, and goes on where it was after an interruption. This page follows.';
        case 'interrupted':
            return 'Nobody works on it. It can go on where it was.';
        case 'stopped':
            return 'It can go on where it was.';
        case 'failed':
            return 'Once that is mended, it can go on where it was.';
        default:
            return replay.asOf ? `It knows what happened up to ${format.timestamp(replay.asOf)}.` : '';
    }
}

function facts(replay) {
    const { rows = [], policyGiven, preset } = replay.tables;
    return h(
        'dl',
        { class: 'facts' },
        fact('Events', [`${format.number(offsetsOf(replay))} of `, h('code', {}, replay.archive ?? replay.topic)]),
        (replay.from || replay.to) && fact('Arrived', spanText(replay)),
        filters(replay).map(([name, values]) => fact(`Only ${name}`, values.join(', '))),
        fact(
            'Codes and rules',
            replay.asLive
                ? 'those that each event met the first time'
                : rows.length > 0
                  ? [
                        'with ',
                        between(
                            rows.slice(0, 12).map((row) => h('code', {}, row)),
                            ', ',
                        ),
                        rows.length > 12 && ` and ${rows.length - 12} more`,
                    ]
                  : 'live’s, as they were when it was started',
        ),
        fact('Policy', policyGiven ? (preset ? h('code', {}, preset) : 'a given one') : 'live’s'),
        replay.fingerprint && fact('Made by', h('code', { class: 'fingerprint' }, replay.fingerprint)),
    );
}
