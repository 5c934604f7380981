import { MongoMemoryServer } from 'mongodb-memory-server-core';
import { ObjectId } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findMongod } from '../../src/dev/mongod-binary.js';
import { runCli, runCliJson } from '../support/cli.js';
import { SmtpServer } from '../support/smtp-server.js';
import { databaseUri, startTestApp, testSettings, type TestApp } from '../support/test-app.js';

const LOGIN = { user: 'mailer', pass: 'geheim' };

let smtp: SmtpServer;
let app: TestApp;

beforeAll(async () => {
  smtp = await SmtpServer.start({ login: LOGIN });
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

/** Of commands beside the app, on its database. */
const settings = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv =>
  testSettings({
    ...smtp.settings,
    MAIL_URL: `smtp://${LOGIN.user}:${LOGIN.pass}@127.0.0.1:${smtp.port}`,
    MONGODB_URI: databaseUri(app.db.databaseName),
    ...more,
  });

describe('cli mail test', () => {
  it('sends a mail at once', async () => {
    const { code, json } = await runCliJson(['mail', 'test', 'ada@example.com'], { env: settings() });
    expect({ code, json }).toEqual({ code: 0, json: { to: 'ada@example.com', accepted: true } });
    const { subject, text } = await smtp.mailTo('ada@example.com');
    expect(subject).toBe('Test mail from Session Auth');
    expect(text).toContain('An operator sent this mail');
  });

  it('fails with the response of the server, and without the password', async () => {
    const wrong = settings({ MAIL_URL: `smtp://mailer:geheim2@127.0.0.1:${smtp.port}` });
    const { code, stderr } = await runCli(['mail', 'test', 'ada@example.com'], { env: wrong });
    expect(code).toBe(1);
    expect(stderr).toContain('The mail was not sent: 535 to AUTH PLAIN.');
    expect(stderr).not.toContain('geheim');
  });

  it('is a usage error for an invalid address, and fails if mail is off', async () => {
    expect((await runCli(['mail', 'test', 'a@b, c@d'], { env: settings() })).code).toBe(2);
    const off = testSettings({ MONGODB_URI: databaseUri(app.db.databaseName) });
    const { code, json } = await runCliJson(['mail', 'test', 'ada@example.com'], { env: off });
    expect({ code, json }).toMatchObject({ code: 1, json: { error: { code: 'mail_off' } } });
  });
});

describe('cli mail list', () => {
  it('lists waiting jobs and dead letters, newest first, without nonces', async () => {
    const dates = { createdAt: new Date(), expiresAt: new Date(), removeAt: new Date(Date.now() + 60_000) };
    const waiting = {
      kind: 'notice',
      payload: { to: 'ada@example.com' },
      nextAt: new Date(),
      nonce: 'geheim',
      ...dates,
    };
    const dead = { kind: 'password_reset', payload: null, deadAt: new Date(), lastFailure: '550 to RCPT TO', ...dates };
    const [first, second] = [new ObjectId(), new ObjectId()];
    const stored = [
      { _id: first, attempts: 2, ...waiting },
      { _id: second, attempts: 1, ...dead },
    ];
    await app.db.collection('outbox').insertMany(stored);
    const { json, stdout } = await runCliJson(['mail', 'list'], { env: settings() });
    expect(json).toMatchObject({
      items: [
        { id: second.toHexString(), kind: 'password_reset', state: 'dead', attempts: 1, lastFailure: '550 to RCPT TO' },
        { id: first.toHexString(), kind: 'notice', state: 'waiting', to: 'ada@example.com', attempts: 2 },
      ],
    });
    expect(stdout).not.toContain('geheim');
    const { stdout: lines } = await runCli(['mail', 'list', '--limit', '1'], { env: settings() });
    expect(lines).toContain('dead     password_reset  -');
    expect(lines.trim().split('\n')).toHaveLength(1);
  });

  it('delivers nothing: waiting jobs are left to the servers', async () => {
    const sent = smtp.mails.length;
    const { insertedId } = await app.db.collection('outbox').insertOne({ kind: 'notice', nextAt: new Date(0) });
    await runCli(['mail', 'list'], { env: settings() });
    expect(await app.db.collection('outbox').findOne({ _id: insertedId })).not.toHaveProperty('leaseId');
    expect(smtp.mails.length).toBe(sent);
  });
});

describe('cli doctor', () => {
  const check = async (name: string, env: NodeJS.ProcessEnv) => {
    const { json } = await runCliJson(['doctor'], { env });
    const { checks } = json as { checks: { name: string; status: string; problems: { code: string }[] }[] };
    const { status, problems } = checks.find((one) => one.name === name)!;
    return { status, codes: problems.map(({ code }) => code) };
  };

  it('signs in to the mail server, and fails if that rejects it', async () => {
    expect(await check('mail server', settings())).toEqual({ status: 'ok', codes: [] });
    const wrong = settings({ MAIL_URL: `smtp://mailer:wrong@127.0.0.1:${smtp.port}` });
    expect(await check('mail server', wrong)).toEqual({ status: 'failed', codes: ['mail_server_unusable'] });
    expect(await check('mail server', settings({ MAIL_URL: '', MAIL_FROM: '' }))).toEqual({ status: 'ok', codes: [] });
  });

  it('warns of dead letters and of mails that wait for long', async () => {
    const late = { kind: 'notice', nextAt: new Date(Date.now() + 60_000), createdAt: new Date(Date.now() - 3_600_000) };
    await app.db.collection('outbox').insertMany([late, { kind: 'notice', deadAt: new Date() }]);
    expect(await check('outbox', settings())).toEqual({
      status: 'warning',
      codes: ['outbox_dead_letters', 'outbox_waiting'],
    });
  });
});

describe('mail on a standalone mongod, which has no transactions', () => {
  let mongod: MongoMemoryServer;
  beforeAll(async () => {
    const { path: systemBinary, version } = await findMongod();
    mongod = await MongoMemoryServer.create({
      binary: { systemBinary, version },
      instance: { storageEngine: 'wiredTiger', args: ['--wiredTigerCacheSizeGB', '0.25'] },
    });
  });
  afterAll(() => mongod.stop());

  it('stops the start with a line that names the setting; the mailbox of development does not', async () => {
    const MONGODB_URI = mongod.getUri('mail');
    const standalone = { ...smtp.settings, MONGODB_URI, DATA_KEYS: '' };
    await expect(startTestApp(standalone)).rejects.toThrow(/^MAIL_URL needs transactions/);
    const mailbox = await startTestApp({ ...standalone, MAIL_URL: 'mailbox:.data/none' });
    expect((await mailbox.agent().get('/health/ready')).status).toBe(200);
    await mailbox.close();
  });
});
