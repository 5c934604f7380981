import { setTimeout as delay } from 'node:timers/promises';
import { MongoClient, type Document } from 'mongodb';
import PQueue from 'p-queue';
import { freshUsername, PASSWORD, type Credentials } from './accounts.js';
import { ask, type Answer } from './http.js';

/** The responses that a client got, to compare with the database afterwards: no acknowledged write may be missing. */
export class Ledger {
  readonly acknowledged: Credentials[] = [];
  readonly refused: Credentials[] = [];
  /** The statuses of all responses; -1 for a connection that was interrupted. */
  readonly statuses: number[] = [];
  /** The responses that rejected a sign-up. */
  readonly refusals: Answer[] = [];
  /** performance.now() at the last sign-up that was not acknowledged. */
  lastRefusalAt = 0;

  /** Signs up one new account and records the response. @returns the account, if it was acknowledged */
  async signUp(url: string): Promise<Credentials | undefined> {
    const account = { username: freshUsername(), password: PASSWORD };
    const answer = await unlessBroken(ask(`${url}/users/signup`, { body: account }));
    this.statuses.push(statusOf(answer));
    if (answer?.status === 201) {
      this.acknowledged.push(account);
      return account;
    }
    this.refused.push(account);
    this.lastRefusalAt = performance.now();
    if (answer) this.refusals.push(answer);
    return undefined;
  }

  /** Signs up accounts one after the other, at most 50 per second, until the returned function is called. */
  keepSigningUp(url: string): () => Promise<void> {
    const stopping = new AbortController();
    const running = (async () => {
      while (!stopping.signal.aborted) await Promise.all([this.signUp(url), delay(20)]);
    })();
    return () => {
      stopping.abort();
      return running;
    };
  }

  /**
   * The acknowledged accounts that cannot sign in, and the rejected accounts that cannot sign in even after their client tries
   * to sign up again, because they exist only in part.
   */
  async lost(url: string): Promise<Credentials[]> {
    const lost: Credentials[] = [];
    const post = async (path: string, body: Credentials) =>
      statusOf(await unlessBroken(ask(`${url}${path}`, { body })));
    const check = async (account: Credentials, acknowledged: boolean) => {
      const there = acknowledged || [201, 409].includes(await post('/users/signup', account));
      if (!there || (await post('/users/login', account)) !== 200) lost.push(account);
    };
    // A few at a time: there may be thousands.
    const queue = new PQueue({ concurrency: 8 });
    for (const account of this.acknowledged) void queue.add(() => check(account, true));
    for (const account of this.refused) void queue.add(() => check(account, false));
    await queue.onIdle();
    return lost;
  }
}

/** The accounts that are stored without a hash, or with the username of another account. */
export async function brokenAccounts(mongodbUri: string): Promise<Document[]> {
  const client = await new MongoClient(mongodbUri).connect();
  try {
    const users = await client.db().collection('users').find().toArray();
    const names = new Set<unknown>();
    return users.filter(({ username, passwordHash }) => !passwordHash || names.size === names.add(username).size);
  } finally {
    await client.close();
  }
}

function unlessBroken(answer: Promise<Answer>): Promise<Answer | undefined> {
  return answer.catch(() => undefined);
}

function statusOf(answer: Answer | undefined): number {
  return answer?.status ?? -1;
}
