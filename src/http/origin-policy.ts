export interface RequestOrigin {
  /** `Sec-Fetch-Site`: only browsers set it, scripts cannot. */
  fetchSite?: string;
  /** `Origin`, as it was sent. */
  origin?: string;
  /** Scheme and host of the request, as the client sees them. */
  ownOrigin?: string;
}

/**
 * Whether a write may come from this origin. A page of another site can neither change these headers nor make a browser
 * omit both. A client that sends neither is no browser, so it carries no cookies of a victim.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html#fetch-metadata-headers
 */
export function originAllowed({ fetchSite, origin, ownOrigin }: RequestOrigin, allowed: readonly string[]): boolean {
  if (origin && allowed.includes(origin)) return true;
  // Rejects unknown values, and `same-site`, because a sibling domain is another party.
  if (fetchSite) return fetchSite === 'same-origin' || fetchSite === 'none';
  return !origin || origin === ownOrigin;
}
