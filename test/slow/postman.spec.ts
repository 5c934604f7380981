import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/app.config.js';
import { MailboxModule } from '../../src/mail/mailbox/mailbox.module.js';
import { foldersOf, readCollection, requestsOf } from '../support/postman.js';
import { startTestApp, testSettings, type TestApp } from '../support/test-app.js';
import { assertAllPass, run } from './newman-run.js';

const collection = readCollection();
const requests = requestsOf(collection);
/** Variable names of the collection that a user's environment may also define. */
const TAKEN = ['username', 'password', 'email', 'userId', 'sessionId', 'postId', 'cookie', 'nextCursor'];

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
    // Windows of one hour, so that a slow run stays in one window.
    app = await startTestApp({
      LOGIN_RATE_PER_IP: `${loginPerIp.points}/1h`,
      SIGNUP_RATE_PER_IP: `${signupPerIp.points}/1h`,
    });
  });
  afterAll(() => app.close());

  // Takes longer than 10 s: it runs the whole collection three times.
  it('runs as often as documented, then stops with an explanation', async () => {
    assertAllPass(await run({ baseUrl: app.url }), requests);
    const [logins, signups] = [await counted(app, 'login'), await counted(app, 'signup')];
    const inAMinute = Math.floor(loginPerIp.points / logins);
    const inAnHour = Math.floor(signupPerIp.points / signups);
    const claim = `A run counts as ${logins} sign-in attempts and ${signups} sign-ups: with the default limits, a minute has room for ${inAMinute} and an hour for ${inAnHour}.`;
    expect(collection.info.description).toContain(claim);
    expect(readFileSync('docs/api.md', 'utf8').replaceAll('\n', ' ')).toContain(claim);

    // Raises the login count as if all allowed runs but one had been made.
    await multiplyCounts(app, 'login', inAMinute - 1);
    assertAllPass(await run({ baseUrl: app.url }), requests);
    const [again, folder] = [await run({ baseUrl: app.url }), await run({ baseUrl: app.url }, 'Posts')];
    expect(again.failures[0]?.message).toMatch(/^Too many attempts: wait \d+ seconds, or raise LOGIN_RATE_PER_IP/);
    expect(folder.failures[0]?.message).toMatch(/^Too many attempts/);
    for (const { failures } of [again, folder]) expect(new Set(failures.map(({ request }) => request)).size).toBe(1);
  });
});

describe('the folders of the Postman collection', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const folders = foldersOf(collection).map((folder) => [folder.name, folder] as const);

  it('are found', () => expect(folders.length).toBeGreaterThan(5));

  it.each(folders)(
    'run by themselves, also with a slash after baseUrl and with conflicting environment variables: %s',
    async (name, folder) => {
      const environment = Object.fromEntries(TAKEN.map((key) => [key, 'of-the-environment']));
      assertAllPass(await run({ baseUrl: `${app.url}/`, ...environment }, name), requestsOf(folder));
    },
  );
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
