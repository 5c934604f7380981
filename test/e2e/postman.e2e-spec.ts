import newman, { type Run } from 'newman';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/app.config.js';
import { MailboxModule } from '../../src/mail/mailbox/mailbox.module.js';
import { assertionsIn, COLLECTION_FILE, foldersOf, readCollection, requestsOf } from '../support/postman.js';
import { startTestApp, testSettings, type TestApp } from '../support/test-app.js';

const collection = readCollection();
const requests = requestsOf(collection);

describe('the Postman collection', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it.each(foldersOf(collection).map((folder) => [folder.name, folder] as const))(
    'runs the folder %s by itself, also with a slash after baseUrl and with conflicting environment variables',
    async (name, folder) => {
      const taken = ['username', 'password', 'email', 'userId', 'sessionId', 'postId', 'cookie', 'nextCursor'];
      const environment = Object.fromEntries(taken.map((key) => [key, 'of-the-environment']));
      assertAllPass(await run({ baseUrl: `${app.url}/`, ...environment }, name), requestsOf(folder));
    },
  );

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

  // Takes longer than 10 s: it runs the whole collection twice.
  it('runs as often as documented, then stops with an explanation', async () => {
    assertAllPass(await run({ baseUrl: app.url }), requests);
    const [logins, signups] = [await counted(app, 'login'), await counted(app, 'signup')];
    const inAMinute = Math.floor(loginPerIp.points / logins);
    const inAnHour = Math.floor(signupPerIp.points / signups);
    const claim = `A run counts as ${logins} sign-in attempts and ${signups} sign-ups: with the default limits, a minute has room for ${inAMinute} and an hour for ${inAnHour}.`;
    expect(collection.info.description).toContain(claim);
    expect(readFileSync('docs/api.md', 'utf8').replaceAll('\n', ' ')).toContain(claim);

    // Counts as if all these runs had been made.
    await multiplyCounts(app, 'login', inAMinute);
    const [again, folder] = [await run({ baseUrl: app.url }), await run({ baseUrl: app.url }, 'Posts')];
    expect(again.failures[0]?.message).toMatch(/^Too many attempts: wait \d+ seconds, or raise LOGIN_RATE_PER_IP/);
    expect(folder.failures[0]?.message).toMatch(/^Too many attempts/);
    for (const { failures } of [again, folder]) expect(new Set(failures.map(({ request }) => request)).size).toBe(1);
  });
});

interface Outcome {
  /** By the name of the request. */
  statuses: Record<string, number | undefined>;
  failures: { request: string; assertion: string; message: string }[];
  stats: Run['stats'];
}

/** @param folder its name, to run it alone */
function run(environment: Record<string, string>, folder?: string): Promise<Outcome> {
  const envVar = Object.entries(environment).map(([key, value]) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection: COLLECTION_FILE, folder, envVar, timeoutRequest: 10_000 }, (error, summary) => {
      if (error) return reject(error);
      const { failures, stats, executions } = summary.run;
      resolve({
        statuses: Object.fromEntries(executions.map(({ item, response }) => [item.name, response?.code])),
        stats,
        failures: failures.map(({ source, error: { test, message } }) => ({
          request: source?.name ?? '',
          assertion: test ?? '',
          message,
        })),
      });
    });
  });
}

function assertAllPass({ failures, stats }: Outcome, asked: typeof requests): void {
  const perRequest = assertionsIn(collection.event);
  const assertions = asked.reduce((sum, { event }) => sum + assertionsIn(event) + perRequest, 0);
  expect(failures).toEqual([]);
  expect(stats.requests.failed).toBe(0);
  expect(stats.assertions).toMatchObject({ total: assertions, failed: 0 });
}

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
