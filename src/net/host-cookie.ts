/**
 * `__Host-` binds a cookie to this very host and to HTTPS, so that no sibling domain can plant one; browsers take that
 * prefix with Secure only, hence the plain name without.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
export const hostCookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);
