import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type TestAgent from 'supertest/lib/agent.js';
import { PASSWORD, signUp, type Credentials } from '../support/accounts.js';
import { holdWaits } from '../support/backoff.js';
import { repeats } from '../support/repetitions.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

const GUESSES = repeats(100, 400);
const ONE_BY_ONE = 10;
const AT_ONCE = 20;

/** With the default limits. */
describe('an attacker with many passwords, the right one last', () => {
  let settings: NodeJS.ProcessEnv;
  let app: TestApp;
  let owner: Credentials;
  let device: TestAgent;
  beforeEach(async () => {
    const MONGODB_URI = databaseUri();
    settings = { MONGODB_URI, TRUST_PROXY: '1', LOGIN_RATE_PER_IP: '', SIGNUP_RATE_PER_IP: '' };
    app = await startTestApp(settings);
    owner = await signUp(app);
    device = app.agent();
    await logIn(device, '192.0.2.1', PASSWORD).expect(200);
  });
  afterEach(() => app.close());

  const logIn = (agent: TestAgent, ip: string, password: string) =>
    agent.post('/users/login').set('X-Forwarded-For', ip).send({ username: owner.username, password });

  /** @returns how many guesses got which status; waits that have begun do not end while the test runs */
  async function guess(addressOf: (guess: number) => string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    const tryOnce = async (index: number): Promise<void> => {
      const { status } = await logIn(app.agent(), addressOf(index), index === GUESSES ? PASSWORD : `guess ${index}`);
      counts[status] = (counts[status] ?? 0) + 1;
      if (status === 401) await holdWaits(app);
    };
    for (let i = 1; i <= ONE_BY_ONE; i++) await tryOnce(i);
    // Each rejection is delayed on purpose, so the rest is sent in batches.
    for (let i = ONE_BY_ONE + 1; i < GUESSES; i += AT_ONCE) {
      const batch = Array.from({ length: Math.min(AT_ONCE, GUESSES - i) }, (_, index) => i + index);
      await Promise.all(batch.map(tryOnce));
    }
    await tryOnce(GUESSES);
    return counts;
  }

  /** Another process on the same database; the owner's cookies are sent to it. */
  async function restart(): Promise<void> {
    await app.app.close();
    const { db } = app;
    const jar = device.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false });
    const next = await startTestApp(settings);
    app = { ...next, db };
    device = app.agent();
    device.jar.setCookies(
      jar.map(({ name, value }) => `${name}=${value}; Path=/`),
      '127.0.0.1',
      '/',
    );
  }

  it.each([
    ['one address', () => '203.0.113.1'],
    ['an address for each guess', (i: number) => `198.51.${100 + (i >> 8)}.${i & 255}`],
    ['an address for each guess, all of one IPv6 network', (i: number) => `2001:db8::${i.toString(16)}`],
  ])(
    'never signs in from %s, even after a restart, while the owner signs in at the first attempt',
    { timeout: 180_000 },
    async (_, addressOf) => {
      expect(await guess(addressOf)).toEqual({ 401: 5, 429: GUESSES - 5 });
      expect((await logIn(device, '192.0.2.1', PASSWORD)).status).toBe(200);

      await restart();
      expect((await logIn(app.agent(), '203.0.113.200', PASSWORD)).status).toBe(429);
      expect((await logIn(device, '192.0.2.1', PASSWORD)).status).toBe(200);
    },
  );
});
