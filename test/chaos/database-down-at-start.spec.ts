import { describe, expect, it } from 'vitest';
import { becomePrimary } from '../../src/dev/replica-set.js';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { ask } from '../support/http.js';
import { Mongod } from '../support/mongod.js';
import { startProcess } from '../support/process.js';
import { testSettings } from '../support/test-app.js';

/** What is there when the app starts, and what brings the database up. */
const AWAY: [how: string, before: (mongod: Mongod) => Promise<void>, after: (mongod: Mongod) => Promise<void>][] = [
  ['down', async () => {}, (mongod) => mongod.start()],
  ['without a primary', (mongod) => mongod.startMember(), ({ port }) => becomePrimary(port)],
];

describe('a database that is away when the app starts', () => {
  it.each(AWAY)(
    '%s: is waited for, 503 in time until it is there, then all works by itself',
    async (_, before, after) => {
      const mongod = await Mongod.create();
      await before(mongod);
      const app = await startProcess(testSettings({ MONGODB_URI: mongod.uri('chaos_start') }));
      try {
        const account = { username: freshUsername(), password: PASSWORD };
        const live = await ask(`${app.url}/health/live`);
        const ready = await ask(`${app.url}/health/ready`);
        const refused = await Promise.all([
          ask(`${app.url}/users/signup`, { body: account }),
          ask(`${app.url}/users/login`, { body: account }),
          ask(`${app.url}/users/me`, { cookie: 'sid=s%3Aanything.anything' }),
          ask(`${app.url}/users/logout`, { method: 'POST' }),
        ]);
        expect(live.status).toBe(200);
        expect(ready.took).toBeLessThan(1_000);
        for (const answer of [ready, ...refused]) {
          expect(answer.body).toMatchObject({ statusCode: 503, code: 'database_unavailable' });
          expect(answer.cookies).toEqual([]);
          expect(answer.took).toBeLessThan(3_000);
        }
        await after(mongod);
        const isReady = () => ask(`${app.url}/health/ready`).then(({ status }) => status);
        await expect.poll(isReady, { timeout: 5_000 }).toBe(200);
        expect((await ask(`${app.url}/users/signup`, { body: account })).status).toBe(201);
        expect((await ask(`${app.url}/users/login`, { body: account })).status).toBe(200);
        expect(app.logs.filter(({ event }) => event === 'sys_crash')).toEqual([]);
      } finally {
        await app.stop();
        await mongod.stop();
      }
    },
    60_000,
  );

  it('that then refuses the credentials is named in the log', async () => {
    const mongod = await Mongod.create();
    const uri = mongod.uri('chaos_start').replace('://', '://nobody:wrong@');
    const app = await startProcess(testSettings({ MONGODB_URI: uri }));
    const refusal = () => app.logs.find(({ message }) => String(message).includes('Authentication failed'));
    try {
      await mongod.start();
      await expect.poll(refusal, { timeout: 20_000 }).toMatchObject({ level: 'warn', event: 'database_unavailable' });
    } finally {
      await app.stop();
      await mongod.stop();
    }
  }, 60_000);
});
