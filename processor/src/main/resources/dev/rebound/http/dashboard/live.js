// News from the server: server-sent events, read by fetch because EventSource cannot send a token.

import { headers } from './api.js';

const PATH = '/api/v1/live';
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** Without a word for so long, a connection is taken for lost. */
const SILENCE = 30_000;

/**
 * Listens while the page can be seen.
 *
 * @param onStatistics called with the data of each event
 * @param onState called with live, connecting, paused, waiting or locked
 */
export class Live {
    #onStatistics;
    #onState;
    #stop = null;
    #pause = FIRST_PAUSE;
    #timer = null;

    constructor({ onStatistics, onState }) {
        this.#onStatistics = onStatistics;
        this.#onState = onState;
        document.addEventListener('visibilitychange', () => (document.hidden ? this.#hide() : this.restart()));
    }

    /** Connects anew, at once: at the start, with another token, when the page is seen again. */
    restart() {
        this.#close();
        this.#pause = FIRST_PAUSE;
        if (!document.hidden) {
            this.#connect();
        }
    }

    #hide() {
        this.#close();
        this.#onState('paused');
    }

    #close() {
        clearTimeout(this.#timer);
        this.#stop?.abort();
        this.#stop = null;
    }

    async #connect() {
        const stop = new AbortController();
        this.#stop = stop;
        this.#onState('connecting');
        let silence = null;
        const heard = () => {
            clearTimeout(silence);
            silence = setTimeout(() => stop.abort(), SILENCE);
        };
        try {
            heard();
            const answer = await fetch(PATH, {
                signal: stop.signal,
                credentials: 'omit',
                cache: 'no-store',
                headers: headers({ Accept: 'text/event-stream' }),
            });
            if (answer.status === 401 || answer.status === 403) {
                this.#onState('locked');
                return;
            }
            if (answer.ok) {
                this.#onState('live');
                await this.#read(answer.body, heard);
            }
        } catch {
            // Cut off, or closed on purpose: either way the connection is over.
        } finally {
            clearTimeout(silence);
        }
        if (this.#stop === stop) {
            this.#again();
        }
    }

    /** After a pause that doubles each time and is a little different in every browser, so that not all come back at once. */
    #again() {
        this.#onState('waiting');
        this.#timer = setTimeout(() => this.#connect(), this.#pause * (0.75 + Math.random() / 2));
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    }

    async #read(body, heard) {
        const reader = body.pipeThrough(new TextDecoderStream()).getReader();
        let text = '';
        for (;;) {
            const { value, done } = await reader.read();
            if (done) {
                return;
            }
            heard();
            text += value;
            const events = text.split(/\r?\n\r?\n/);
            text = events.pop();
            events.forEach((event) => this.#take(event));
        }
    }

    #take(event) {
        let name = 'message';
        const data = [];
        for (const line of event.split(/\r?\n/)) {
            if (line.startsWith('event:')) {
                name = line.slice(6).trim();
            } else if (line.startsWith('data:')) {
                data.push(line.slice(5).trim());
            }
        }
        if (name === 'statistics' && data.length > 0) {
            this.#pause = FIRST_PAUSE;
            this.#onStatistics(JSON.parse(data.join('\n')));
        }
    }
}
