import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/app.config.js';
import { MailboxModule } from '../../src/mail/mailbox/mailbox.module.js';
import { assertAllPass, run } from '../support/newman-run.js';
import { assertionsIn, foldersOf, readCollection, requestsOf } from '../support/postman.js';
import { startTestApp, testSettings, type TestApp } from '../support/test-app.js';
import { repeats } from '../support/repetitions.js';

const collection = readCollection();
const requests = requestsOf(collection);
/** How many of the runs that the limits have room for are made after the first one. */
const REAL_RUNS = repeats(0, 1);

describe('the Postman collection', () => {
  it('has assertions for every request', () => {
    expect(requests.filter(({ event }) => assertionsIn(event) === 0)).toEqual([]);
  });

  it('has the default URL of the server', () => {
    expect(collection.variable).toContainEqual({ key: 'baseUrl', value: 'http://localhost:3000' });
  });
});

describe('the Postman collection, with the mailbox of `npm start`', () => {
  it('reads the code from the mailbox and verifies the address by it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mailbox-'));
    const mail = { MAIL_URL: `mailbox:${folder}`, MAIL_FROM: 'app@localhost', FRONTEND_URL: 'http://localhost:3000' };
    const app = await startTestApp(mail, { features: [MailboxModule] });
    const name = 'Email and lost passwords';
    const outcome = await run({ baseUrl: app.url }, name);
    assertAllPass(outcome, requestsOf(foldersOf(collection).find((one) => one.name === name)!));
    expect(outcome.statuses['Verify the address']).toBe(200);
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
});

describe('the Postman collection, with the default limits', () => {
  const { loginPerIp, signupPerIp } = defaultLimits();
  let app: TestApp;
  beforeAll(async () => {
    // In windows that no slow machine outlives.
    app = await startTestApp({
      LOGIN_RATE_PER_IP: `${loginPerIp.points}/1h`,
      SIGNUP_RATE_PER_IP: `${signupPerIp.points}/1h`,
    });
  });
  afterAll(() => app.close());

  // Takes longer than 10 s: it runs the whole collection at least twice.
  it('runs as often as documented, then stops with an explanation', async () => {
    assertAllPass(await run({ baseUrl: app.url }), requests);
    const [logins, signups] = [await counted(app, 'login'), await counted(app, 'signup')];
    const inAMinute = Math.floor(loginPerIp.points / logins);
    const inAnHour = Math.floor(signupPerIp.points / signups);
    const claim = `A run counts as ${logins} sign-in attempts and ${signups} sign-ups: with the default limits, a minute has room for ${inAMinute} and an hour for ${inAnHour}.`;
    expect(collection.info.description).toContain(claim);
    expect(readFileSync('docs/api.md', 'utf8').replaceAll('\n', ' ')).toContain(claim);

    // Counts as if all these runs had been made; the slow tests make the last one.
    await multiplyCounts(app, 'login', inAMinute - REAL_RUNS);
    for (let made = 0; made < REAL_RUNS; made++) assertAllPass(await run({ baseUrl: app.url }), requests);
    const [again, folder] = [await run({ baseUrl: app.url }), await run({ baseUrl: app.url }, 'Posts')];
    expect(again.failures[0]?.message).toMatch(/^Too many attempts: wait \d+ seconds, or raise LOGIN_RATE_PER_IP/);
    expect(folder.failures[0]?.message).toMatch(/^Too many attempts/);
    for (const { failures } of [again, folder]) expect(new Set(failures.map(({ request }) => request)).size).toBe(1);
  });
});

function defaultLimits() {
  return loadConfig(testSettings({ LOGIN_RATE_PER_IP: undefined, SIGNUP_RATE_PER_IP: undefined })).limits;
}

async function multiplyCounts({ db }: TestApp, limit: 'login' | 'signup', factor: number): Promise<void> {
  await db.collection('address_limits').updateMany({ key: new RegExp(`^${limit}:`) }, { $mul: { points: factor } });
}

/** The number of attempts that the rate limits have counted. */
async function counted({ db }: TestApp, limit: 'login' | 'signup'): Promise<number> {
  const windows = await db
    .collection<{ points: number }>('address_limits')
    .find({ key: new RegExp(`^${limit}:`) })
    .toArray();
  return windows.reduce((sum, { points }) => sum + points, 0);
}
