import { api } from './api.js';

/** What `GET /auth/methods` says; where it cannot be asked, a password alone, which goes on working. */
export async function signInMethods() {
  return api('GET', '/auth/methods').catch(() => ({ password: true, providers: [] }));
}
