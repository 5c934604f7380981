// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CookieJar } from 'tough-cookie';

/**
 * A `fetch` that keeps its cookies in a file between runs.
 *
 * @param {string} file readable by its owner alone: whoever has it is signed in
 * @returns {(request: Request) => Promise<Response>}
 */
export function fetchWithJar(file) {
  const jar = existsSync(file) ? CookieJar.deserializeSync(readFileSync(file, 'utf8')) : new CookieJar();
  return async (request) => {
    request.headers.set('Cookie', await jar.getCookieString(request.url));
    const response = await fetch(request);
    for (const cookie of response.headers.getSetCookie()) await jar.setCookie(cookie, request.url);
    writeFileSync(file, JSON.stringify(jar.serializeSync()), { mode: 0o600 });
    return response;
  };
}
