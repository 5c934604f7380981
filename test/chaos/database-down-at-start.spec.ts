import { MongoClient } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { becomePrimary } from '../../src/dev/replica-set.js';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { expectUnavailable } from '../support/expect-unavailable.js';
import { ask, readiness, signInAt, signUpAt } from '../support/http.js';
import { scrape } from '../support/metrics.js';
import { Mongod } from '../support/mongod.js';
import { startProcess } from '../support/start-process.js';
import { rounds } from '../support/repetitions.js';
import { testSettings } from '../support/test-app.js';
import { timeLimit } from '../support/time-limit.js';

/** What is there when the app starts, and what brings the database up. */
const AWAY = {
  down: { before: async () => {}, after: (mongod: Mongod) => mongod.start() },
  'without a primary': {
    before: (mongod: Mongod) => mongod.startMember(),
    after: ({ port }: Mongod) => becomePrimary(port),
  },
};

/** How many seconds the app is up before its database is. */
const WAITS = [0, 5, 30];
const STARTS: [how: keyof typeof AWAY, seconds: number][] = [
  ...Array.from({ length: rounds(2, 20) }, (_, n): ['down', number] => ['down', WAITS[n % WAITS.length]!]),
  ['without a primary', 0],
];

describe('MongoDB unavailable at the start', () => {
  // Takes longer than 10 s: the database stays unavailable for longer than the driver's connection timeouts.
  it.each(STARTS)(
    '%s for %i s: requests get 503 in time, and then everything works without a restart',
    async (how, seconds) => {
      const mongod = await Mongod.create();
      await AWAY[how].before(mongod);
      const app = await startProcess(testSettings({ MONGODB_URI: mongod.uri(), METRICS_PORT: '0' }));
      try {
        const account = { username: freshUsername(), password: PASSWORD };
        const live = await ask(`${app.url}/health/live`);
        const ready = await ask(`${app.url}/health/ready`);
        expect(live.status).toBe(200);
        expect(ready.took).toBeLessThan(timeLimit(1_500));
        expect(await scrape(app.logs)).toContain('nodejs_');
        await delay(seconds * 1_000);
        const refused = await Promise.all([
          ask(`${app.url}/users/signup`, { body: account }),
          ask(`${app.url}/users/login`, { body: account }),
          ask(`${app.url}/users/me`, { cookie: 'sid=s%3Aanything.anything' }),
          ask(`${app.url}/users/logout`, { method: 'POST' }),
        ]);
        for (const answer of [ready, ...refused]) expectUnavailable(answer);
        await AWAY[how].after(mongod);
        await expect.poll(() => readiness(app.url), { timeout: 5_000 }).toBe(200);
        await signInAt(app.url, await signUpAt(app.url, account));
        // The event of an unhandled rejection, too.
        expect(app.logs.filter(({ event }) => event === 'sys_crash')).toEqual([]);
        expect(await app.stop()).toBe(0);
      } finally {
        await app.stop('SIGKILL');
        await mongod.stop();
      }
    },
  );

  it('wrong credentials are logged once MongoDB responds', async () => {
    const mongod = await Mongod.create();
    const uri = mongod.uri().replace('://', '://nobody:wrong@');
    const app = await startProcess(testSettings({ MONGODB_URI: uri }));
    const refusal = () => app.logs.find(({ message }) => String(message).includes('Authentication failed'));
    try {
      await mongod.start();
      await expect.poll(refusal, { timeout: 20_000 }).toMatchObject({ level: 'warn', event: 'database_unavailable' });
    } finally {
      await app.stop('SIGKILL');
      await mongod.stop();
    }
  });

  it('indexes that cannot be created are logged, and not as unavailability', async () => {
    const mongod = await Mongod.create();
    await mongod.start();
    const client = await new MongoClient(mongod.uri('chaos_start')).connect();
    await client
      .db()
      .collection('users')
      .insertMany([{ username: 'ada' }, { username: 'ada' }]);
    await client.close();
    await mongod.kill('SIGTERM');
    const app = await startProcess(testSettings({ MONGODB_URI: mongod.uri('chaos_start') }));
    const refusal = () => app.logs.find(({ message }) => String(message).includes('username_unique'));
    try {
      await mongod.start();
      await expect.poll(refusal, { timeout: 20_000 }).toMatchObject({ level: 'warn', event: 'database_unavailable' });
      expect(refusal()!.message).toMatch(/^MongoDB is not ready, trying again: /);
    } finally {
      await app.stop('SIGKILL');
      await mongod.stop();
    }
  });
});
