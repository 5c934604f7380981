export interface RequestOrigin {
  /** `Sec-Fetch-Site`: set by browsers alone, no script can. */
  fetchSite?: string;
  /** `Origin`, as it was sent. */
  origin?: string;
  /** Scheme and host that the request was made to, as seen by the client. */
  ownOrigin?: string;
}

/**
 * Whether a write may come from there. A page of another site cannot make a browser leave both headers out, nor change
 * them; a client that sends neither header is no browser, so it holds no cookies of a victim.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#fetch-metadata-headers
 */
export function originAllowed({ fetchSite, origin, ownOrigin }: RequestOrigin, allowed: readonly string[]): boolean {
  if (origin && allowed.includes(origin)) return true;
  // A sibling domain is another party, and a value of the future is no promise.
  if (fetchSite) return fetchSite === 'same-origin' || fetchSite === 'none';
  return !origin || origin === ownOrigin;
}
