import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { ask, sessionCookieOf } from '../support/http.js';
import { startProcess, type AppProcess } from '../support/process.js';
import { testSettings } from '../support/test-app.js';

const account = { username: 'ada-lovelace', password: PASSWORD };

describe('a flood of sign-ins', () => {
  let app: AppProcess;
  let cookie: string;
  beforeAll(async () => {
    app = await startProcess(testSettings({ BCRYPT_COST: '12', HASH_MAX_WAIT: '1s' }));
    await ask(`${app.url}/users/signup`, { body: account });
    cookie = sessionCookieOf(await ask(`${app.url}/users/login`, { body: account }));
  });
  afterAll(() => app.stop());

  it('is turned away at once beyond what can be hashed in time, and no signed-in user is refused', async () => {
    const guess = () => ({ username: freshUsername(), password: 'not the password' });
    const flood = Array.from({ length: 60 }, () => ask(`${app.url}/users/login`, { body: guess() }));
    const reads = Array.from({ length: 50 }, () => ask(`${app.url}/users/protected`, { cookie }));
    const answers = await Promise.all(flood);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer.body.code).toBe('overloaded');
      expect(Number(answer.retryAfter)).toBeGreaterThanOrEqual(1);
      expect(answer.cookies).toEqual([]);
    }
    expect(answers.filter(({ status }) => status !== 503).map(({ status }) => status)).toEqual(
      answers.filter(({ status }) => status === 401).map(() => 401),
    );
    expect((await Promise.all(reads)).map(({ status }) => status)).toEqual(reads.map(() => 200));
  });

  it('of one account with its right password waits no longer than it may, and is told so', async () => {
    const body = { username: freshUsername(), password: PASSWORD };
    await ask(`${app.url}/users/signup`, { body });
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(`${app.url}/users/login`, { body })));
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(60);
    for (const { body: refusal } of refused) expect(refusal.code).toBe('overloaded');
  });
});
