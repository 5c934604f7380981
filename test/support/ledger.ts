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
    const stopping = new AbortController();
    const running = (async () => {
      while (!stopping.signal.aborted) await this.signUp(url);
    })();
    return () => {
      stopping.abort();
      return running;
    };
  }

  /** Acknowledged accounts that cannot sign in, and any that is there by half, so that the answer is an error. */
  async lost(url: string): Promise<Credentials[]> {
    const lost: Credentials[] = [];
    for (const account of [...this.acknowledged, ...this.refused]) {
      const status = await statusOf(ask(`${url}/users/login`, { body: account }));
      const fine = status === 200 || (status === 401 && this.refused.includes(account));
      if (!fine) lost.push(account);
    }
    return lost;
  }
}

async function statusOf(answer: Promise<Answer>): Promise<number> {
  return answer.then(
    ({ status }) => status,
    () => -1,
  );
}
