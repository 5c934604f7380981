import type { AppConfig } from '../../config/app.config.js';
import { failed, warning, type Problem } from './check.types.js';

/** SameSite and the list of origins must agree on the frontends that may use the cookie. */
export function cookieProblems({ production, cookie, allowedOrigins }: AppConfig): Problem[] {
  const problems: Problem[] = [];
  if (cookie.sameSite === 'none' && allowedOrigins.length === 0) {
    problems.push(
      failed(
        'origins_missing',
        'COOKIE_SAMESITE is none, for a frontend on another site, but ALLOWED_ORIGINS is empty',
        'Put the origin of the frontend into ALLOWED_ORIGINS, or remove COOKIE_SAMESITE.',
      ),
    );
  }
  if (cookie.sameSite === 'strict' && allowedOrigins.length > 0) {
    problems.push(
      warning(
        'same_site_strict',
        'COOKIE_SAMESITE is strict: the cookie never reaches a frontend of ALLOWED_ORIGINS on another site',
        'Use lax for frontends under the same domain, none for those on other sites.',
      ),
    );
  }
  const plain = allowedOrigins.filter((origin) => origin.startsWith('http:'));
  if (production && plain.length > 0) {
    problems.push(
      warning(
        'origin_not_https',
        `ALLOWED_ORIGINS holds ${plain.join(', ')}: an attacker who can modify that page in transit acts for its users`,
        'Serve the frontend over HTTPS and list that origin; use localhost in development only.',
      ),
    );
  }
  return problems;
}
