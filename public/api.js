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

/** How long another tab's new session cookie may take to arrive. */
const REPLACED_MS = 1_000;

/**
 * The session cookie goes along by itself: it is HttpOnly, so no script ever sees it, and `same-origin` is what fetch
 * does by default. It is said here because everything depends on it.
 * @returns the parsed answer; undefined for 204
 * @throws {ApiError}
 */
export async function api(method, path, body) {
  try {
    return await attempt(method, path, body);
  } catch (error) {
    if (error.reason !== 'replaced') throw report(error);
  }
  // Another tab has renewed the session under this request, which the server therefore did not run: ask with the new cookie.
  await new Promise((resolve) => setTimeout(resolve, REPLACED_MS));
  return attempt(method, path, body).catch((error) => {
    throw report(error);
  });
}

async function attempt(method, path, body) {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined;
  const answer = await response.json().catch(() => ({ code: 'internal_error', message: response.statusText }));
  if (response.ok) return answer;
  throw new ApiError(answer, Number(response.headers.get('Retry-After')));
}

/** Errors of a sign-in that say nothing about the session. */
const SIGN_IN_ERRORS = ['invalid_credentials', 'second_factor_required', 'sign_in_expired', 'unknown_passkey'];

function report(error) {
  if (error.statusCode === 401 && !SIGN_IN_ERRORS.includes(error.code)) {
    refusals.dispatchEvent(new CustomEvent('refused', { detail: error }));
  }
  return error;
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
