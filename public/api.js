/** Sends all requests to the API. */

/** Emits `sessionended` for each 401 response that ends the session, with the error as `detail`. */
export const sessionEnds = new EventTarget();

/** An error response with the fields of its body, or no response (`code` is then `unreachable`). */
export class ApiError extends Error {
  constructor(body, retryAfter) {
    super(body.message);
    Object.assign(this, body);
    this.retryAfter = retryAfter;
  }
}

/** How long the new session cookie of another tab may take to arrive. */
const REPLACED_MS = 1_000;

/**
 * Sends a request with the session cookie. The cookie is HttpOnly, so scripts cannot read it. `same-origin` is the default of
 * fetch, and set here because everything depends on it.
 * @returns the parsed response; undefined for 204
 * @throws {ApiError}
 */
export async function api(method, path, body) {
  try {
    return await attempt(method, path, body);
  } catch (error) {
    if (error.reason !== 'replaced') throw report(error);
  }
  // Another tab has renewed the session, so the server rejected this request. Send it again with the new cookie.
  await new Promise((resolve) => setTimeout(resolve, REPLACED_MS));
  return attempt(method, path, body).catch((error) => {
    throw report(error);
  });
}

async function attempt(method, path, body) {
  const response = await send(method, path, body);
  if (response.status === 204) return undefined;
  const parsed = await response.json().catch(() => ({ code: 'internal_error', message: response.statusText }));
  if (response.ok) return parsed;
  throw new ApiError(parsed, Number(response.headers.get('Retry-After')));
}

/** Errors of a sign-in, which do not concern the current session. */
const SIGN_IN_ERRORS = ['invalid_credentials', 'second_factor_required', 'sign_in_expired', 'unknown_passkey'];

function report(error) {
  if (error.statusCode === 401 && !SIGN_IN_ERRORS.includes(error.code)) {
    sessionEnds.dispatchEvent(new CustomEvent('sessionended', { detail: error }));
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
