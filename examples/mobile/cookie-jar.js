// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { CookieJar } from 'tough-cookie';

/**
 * A `fetch` that stores its cookies in a file.
 *
 * @param {string} file readable only by its owner, because it signs in
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
