import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DatabaseService } from '../../src/database/database.service.js';
import { signIn, signUp, type Credentials } from '../support/accounts.js';
import { commandsDuring, COUNTS_COMMANDS } from '../support/commands.js';
import { metricsUrl, scrape } from '../support/metrics.js';
import { databaseUri, startTestApp, TEST_STORE, type TestApp } from '../support/test-app.js';

describe('GET /metrics', () => {
  let app: TestApp;
  let account: Credentials;

  beforeAll(async () => {
    app = await startTestApp({ METRICS_PORT: '0' }, { singleProcess: 'each process has figures of its own' });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  /** Value of one series. */
  async function read(series: string): Promise<number | undefined> {
    const text = await scrape(app.logs);
    const line = text.split('\n').find((one) => one.startsWith(`${series} `));
    return line === undefined ? undefined : Number(line.slice(series.length + 1));
  }

  it('counts requests by route pattern and status, and times them', async () => {
    const series = (part: string) =>
      `http_request_duration_seconds_${part}{method="GET",route="/sessions/current",status="200"}`;
    const before = await Promise.all([read(series('count')), read(series('sum'))]);
    const agent = await signIn(app, account);
    for (let n = 0; n < 3; n++) await agent.get('/sessions/current').expect(200);
    expect(await read(series('count'))).toBe((before[0] ?? 0) + 3);
    expect(await read(series('sum'))).toBeGreaterThan(before[1] ?? 0);
  });

  // From 0 on: an alert compares the two.
  it('counts sign-ins by outcome', async () => {
    const outcomes = async () => [
      await read('sign_ins_total{outcome="ok"}'),
      await read('sign_ins_total{outcome="invalid_credentials"}'),
    ];
    const [ok, refused] = await outcomes();
    await signIn(app, account);
    await app
      .agent()
      .post('/users/login')
      .send({ ...account, password: 'another password' })
      .expect(401);
    expect(await outcomes()).toEqual([ok! + 1, refused! + 1]);
  });

  it('times commands to MongoDB by name', async () => {
    const command = TEST_STORE === 'mongodb' ? 'aggregate' : 'find';
    const agent = await signIn(app, account);
    const series = (part: string) => `mongodb_command_duration_seconds_${part}{command="${command}",ok="true"}`;
    const before = await Promise.all([read(series('count')), read(series('sum'))]);
    await agent.get('/users/protected').expect(200);
    expect(await read(series('count'))).toBe((before[0] ?? 0) + 1);
    expect(await read(series('sum'))).toBeGreaterThan(before[1] ?? 0);
  });

  it('reports the commands that MongoDB rejected', async () => {
    const series = 'mongodb_command_duration_seconds_count{command="findAndModify",ok="false"}';
    const before = (await read(series)) ?? 0;
    const rule = (validator: object) => app.db.command({ collMod: 'login_attempts', validator });
    onTestFinished(async () => void (await rule({})));
    await rule({ never: true });
    await app.agent().post('/users/login').send(account).expect(500);
    await rule({});
    await signIn(app, account);
    expect(await read(series)).toBe(before + 1);
  });

  it('shows pool, hashes and active sessions', async () => {
    expect(await read('mongodb_pool_connections{state="in_use"}')).toBeGreaterThanOrEqual(0);
    expect(await read('mongodb_pool_connections{state="waiting"}')).toBe(0);
    expect(await read('password_hashes{state="running"}')).toBe(0);
    expect(await read('password_hashes{state="waiting"}')).toBe(0);
    expect(await read('live_sessions')).toBeGreaterThanOrEqual(0);
  });

  it('is the only route of its port, and not on the public port', async () => {
    await app.agent().get('/metrics').expect(404);
    const url = metricsUrl(app.logs);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    expect((await fetch(new URL('/', url))).status).toBe(404);
  });
});

it('internal commands of the driver are not counted', async () => {
  const uri = new URL(databaseUri());
  uri.searchParams.set('heartbeatFrequencyMS', '500');
  let app!: TestApp;
  const atStart = await commandsDuring(async () => {
    app = await startTestApp({ MONGODB_URI: uri.href }, { singleProcess: COUNTS_COMMANDS });
  });
  try {
    // Database asks once what it is connected to.
    expect(atStart.filter((name) => name === 'hello')).toHaveLength(1);
    const client = await app.app.get(DatabaseService).client;
    const later = await commandsDuring(async () => {
      for (let heartbeat = 0; heartbeat < 3; heartbeat++) await once(client, 'serverHeartbeatSucceeded');
    });
    expect(later).toEqual([]);
  } finally {
    await app.close();
  }
});
