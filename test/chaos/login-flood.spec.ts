import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername } from '../support/accounts.js';
import { ask, signInAt, signUpAt, type Answer } from '../support/http.js';
import { startProcess, type AppProcess } from '../support/start-process.js';
import { rounds } from '../support/repetitions.js';
import { testSettings } from '../support/test-app.js';

const FLOOD_MS = rounds(1_000, 10_000);

/** Clients that send the next request at once after each response. @returns all responses */
async function repeat(clients: number, over: AbortSignal, request: () => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  const client = async () => {
    while (!over.aborted) answers.push(await request());
  };
  await Promise.all(Array.from({ length: clients }, client));
  return answers;
}

describe('a flood of sign-ins', () => {
  let app: AppProcess;
  let cookie: string;
  beforeAll(async () => {
    app = await startProcess(testSettings({ BCRYPT_COST: '12', HASH_MAX_WAIT: '1s' }));
    cookie = await signInAt(app.url, await signUpAt(app.url));
  });
  afterAll(() => app?.kill());

  it.each([50, 200])(
    'is rejected beyond the capacity of the hash queue, and signed-in users are served: %i clients',
    async (clients) => {
      const guess = () => ({ username: freshUsername(), password: 'not the password' });
      const over = AbortSignal.timeout(FLOOD_MS);
      const flood = repeat(clients, over, () => ask(`${app.url}/users/login`, { body: guess() }));
      const reads = repeat(10, over, () => ask(`${app.url}/users/protected`, { cookie }));
      const answers = await flood;
      const refused = answers.filter(({ status }) => status === 503);
      expect(refused.length).toBeGreaterThan(0);
      for (const answer of refused) {
        expect(answer.body.code).toBe('overloaded');
        expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1);
        expect(answer.cookies).toEqual([]);
      }
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 503]));
      expect(new Set((await reads).map(({ status }) => status))).toEqual(new Set([200]));
    },
  );

  it('of one account with its right password waits at most HASH_MAX_WAIT, then gets an error', async () => {
    const body = await signUpAt(app.url);
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(`${app.url}/users/login`, { body })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const { body: refusal } of refused) expect(refusal.code).toBe('overloaded');
  });
});
