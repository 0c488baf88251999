// Questions to the server. The token, where one is needed, is kept for this tab alone.

const TOKEN = 'rebound.token';

/** The server refused or failed, or was not reached: status 0. */
export class Problem extends Error {
    constructor({ status, type = 'about:blank', title = '', detail = '', errors = [], retryAfter = null, wrongToken = false }) {
        super(detail || title || `status ${status}`);
        Object.assign(this, { status, type, title, detail, errors, retryAfter, wrongToken });
    }

    /** A token is missing or wrong. */
    get locked() {
        return this.status === 401 || this.status === 403;
    }

    /** The same request can be answered a little later. */
    get passing() {
        return this.status === 503 || this.status === 0;
    }
}

/** The token that requests bring; null for none. */
export function token() {
    try {
        return sessionStorage.getItem(TOKEN);
    } catch {
        return null;
    }
}

/** Keeps a token until the tab is closed; null forgets it. Tells the document, because news are to be asked for with it, too. */
export function keepToken(value) {
    try {
        if (value) {
            sessionStorage.setItem(TOKEN, value);
        } else {
            sessionStorage.removeItem(TOKEN);
        }
    } catch {
        // Storage is switched off: the token will be asked for again.
    }
    document.dispatchEvent(new Event('rebound:token'));
}

/** Headers of every request. */
export function headers(more = {}) {
    const secret = token();
    return secret ? { ...more, Authorization: `Bearer ${secret}` } : more;
}

/** A path with parameters, without those that are null or empty. */
export function address(path, parameters = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        if (value !== null && value !== undefined && value !== '') {
            query.set(name, value);
        }
    }
    return query.size > 0 ? `${path}?${query}` : path;
}

/** Sends a request; the answer when it is one of success. */
export async function request(path, options = {}) {
    const withToken = token() !== null;
    let answer = await send(path, options);
    if (answer.status === 401 && withToken) {
        // A wrong token is refused also where none is needed: it is forgotten, and the request may do without.
        keepToken(null);
        answer = await send(path, options);
    }
    if (!answer.ok) {
        throw await problemOf(answer, withToken);
    }
    return answer;
}

async function send(path, options) {
    try {
        return await fetch(path, { credentials: 'omit', cache: 'no-store', ...options, headers: headers(options.headers) });
    } catch (e) {
        if (e.name === 'AbortError') {
            throw e;
        }
        throw new Problem({ status: 0, title: 'The server cannot be reached' });
    }
}

async function problemOf(answer, withToken) {
    let told = {};
    try {
        told = await answer.json();
    } catch {
        // A proxy's page, perhaps: the status says enough.
    }
    const retryAfter = Number(answer.headers.get('Retry-After')) || null;
    return new Problem({
        title: answer.statusText,
        ...told,
        status: answer.status,
        retryAfter,
        wrongToken: answer.status === 401 && withToken,
    });
}

/** Asks for JSON. */
export async function get(path, parameters, signal) {
    return (await request(address(path, parameters), { signal, headers: { Accept: 'application/json' } })).json();
}

/** Has something taken away, and gives the JSON that is answered. */
export async function remove(path, signal) {
    return (await request(path, { method: 'DELETE', signal, headers: { Accept: 'application/json' } })).json();
}

/** Sends JSON, and gives the JSON that is answered. */
export async function post(path, body, signal) {
    const answer = await request(path, {
        method: 'POST',
        signal,
        headers: { Accept: 'application/json', 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
    });
    return answer.json();
}
