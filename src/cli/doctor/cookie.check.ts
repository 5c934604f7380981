import type { AppConfig } from '../../config/app.config.js';
import { failed, warning, type Problem } from './check.types.js';

/** Which frontends may use the cookie: SameSite and the list of origins must agree. */
export function cookieProblems({ production, cookie, allowedOrigins }: AppConfig): Problem[] {
  const problems: Problem[] = [];
  if (cookie.sameSite === 'none' && allowedOrigins.length === 0) {
    problems.push(
      failed(
        'origins_missing',
        'COOKIE_SAMESITE is none, for a frontend on another site, but ALLOWED_ORIGINS lets none in',
        'Put the origin of the frontend into ALLOWED_ORIGINS, or remove COOKIE_SAMESITE.',
      ),
    );
  }
  if (cookie.sameSite === 'strict' && allowedOrigins.length > 0) {
    problems.push(
      warning(
        'same_site_strict',
        'COOKIE_SAMESITE is strict: a frontend of ALLOWED_ORIGINS that is on another site is never signed in',
        'Use lax for frontends under the same domain, none for those on other sites.',
      ),
    );
  }
  const plain = allowedOrigins.filter((origin) => origin.startsWith('http:'));
  if (production && plain.length > 0) {
    problems.push(
      warning(
        'origin_not_https',
        `ALLOWED_ORIGINS holds ${plain.join(', ')}: whoever can change that page on its way acts for its users`,
        'Serve the frontend over HTTPS and list that origin; leave localhost to development.',
      ),
    );
  }
  return problems;
}
