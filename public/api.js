/** Every request to the API goes through here. */

/** Tells of 401 answers that mean "your session is over", as `refused` events with the error as `detail`. */
export const refusals = new EventTarget();

/** An answer that is not 2xx, with the fields of its body, or none at all (`code` is then `unreachable`). */
export class ApiError extends Error {
  constructor(body, retryAfter) {
    super(body.message);
    Object.assign(this, body);
    this.retryAfter = retryAfter;
  }
}

/**
 * The session cookie goes along by itself: it is HttpOnly, so no script ever sees it, and `same-origin` is what fetch
 * does by default. It is said here because everything depends on it.
 * @returns the parsed answer; undefined for 204
 * @throws {ApiError}
 */
export async function api(method, path, body) {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => ({ code: 'internal_error', message: response.statusText }));
  if (response.ok) return answer;
  const error = new ApiError(answer, Number(response.headers.get('Retry-After')));
  if (response.status === 401 && error.code !== 'invalid_credentials') {
    refusals.dispatchEvent(new CustomEvent('refused', { detail: error }));
  }
  throw error;
}

async function send(method, path, body) {
  const json =
    body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  try {
    return await fetch(path, { method, credentials: 'same-origin', ...json });
  } catch {
    throw new ApiError({ code: 'unreachable', message: 'The server cannot be reached.' });
  }
}
