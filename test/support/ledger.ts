import { expect } from 'vitest';
import { freshUsername, PASSWORD, type Credentials } from './accounts.js';
import { ask, type Answer } from './http.js';

/** What a client was told, to be compared with what is there afterwards: no acknowledged write may be missing. */
export class Ledger {
  readonly acknowledged: Credentials[] = [];
  readonly refused: Credentials[] = [];
  /** Statuses of all answers; -1 for a connection that broke. */
  readonly statuses: number[] = [];

  /** Signs up one new account and writes down what was answered. */
  async signUp(url: string): Promise<void> {
    const account = { username: freshUsername(), password: PASSWORD };
    const status = await statusOf(ask(`${url}/users/signup`, { body: account }));
    this.statuses.push(status);
    (status === 201 ? this.acknowledged : this.refused).push(account);
  }

  /** Signs up one account after the other, until told to stop. */
  keepSigningUp(url: string): () => Promise<void> {
    let stopped = false;
    const running = (async () => {
      while (!stopped) await this.signUp(url);
    })();
    return async () => {
      stopped = true;
      await running;
    };
  }

  /** Every acknowledged account signs in; every other one is complete or was never there. */
  async assertNothingLost(url: string): Promise<void> {
    const signIn = (account: Credentials) => statusOf(ask(`${url}/users/login`, { body: account }));
    for (const account of this.acknowledged) expect(await signIn(account)).toBe(200);
    for (const account of this.refused) expect([200, 401]).toContain(await signIn(account));
  }
}

async function statusOf(answer: Promise<Answer>): Promise<number> {
  return answer.then(
    ({ status }) => status,
    () => -1,
  );
}
