// @ts-check
import createClient from 'openapi-fetch';

/**
 * A client with typed routes, bodies, responses and error codes.
 *
 * @param {string} baseUrl such as http://localhost:3000
 * @param {(request: Request) => Promise<Response>} [fetch] one that stores cookies, outside of a browser
 */
export function apiClient(baseUrl, fetch) {
  /** @type {import('openapi-fetch').Client<import('./schema.js').paths>} */
  const client = createClient({ baseUrl, fetch, credentials: 'include' });
  return client;
}
