/**
 * `__Host-` binds a cookie to this host and to HTTPS, so that no sibling domain can plant one. Browsers accept the prefix
 * only on Secure cookies.
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
export const hostCookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);
