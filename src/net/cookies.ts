import { parse } from 'cookie';
import type { Response } from 'express';

/**
 * The values of all cookies with this name, in the order of the header. A browser sends several if another app has set one
 * for a path or a parent domain; the caller's signature check decides which one is used.
 * @see https://github.com/expressjs/session/issues/1010
 */
export function cookieValues(header: string | undefined, name: string): string[] {
  const pairs = (header ?? '').split(';').filter((pair) => pair.slice(0, pair.indexOf('=')).trim() === name);
  return pairs.flatMap((pair) => parse(pair)[name] ?? []);
}

/** Removes a Set-Cookie of this name from the response: a name must not be set twice. */
export function removePendingCookie(response: Response, name: string): void {
  const pending = response.getHeader('Set-Cookie');
  if (pending === undefined) return;
  const others = [pending].flat().map(String);
  response.setHeader(
    'Set-Cookie',
    others.filter((cookie) => !cookie.startsWith(`${name}=`)),
  );
}
