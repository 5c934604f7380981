import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ObjectId, type Document } from 'mongodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/logging/security-logger.service.js';
import { mailContent } from '../../src/mail/mail-content.js';
import { MailSecretsService } from '../../src/mail/mail-secrets.service.js';
import { MailerService } from '../../src/mail/mailer.service.js';
import { NoticesService } from '../../src/mail/notices.service.js';
import { SmtpTransport } from '../../src/mail/smtp.transport.js';
import { DeliveryRejected } from '../../src/outbox/delivery-errors.js';
import type { UndoLink } from '../../src/mail/notice.types.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { freshEmail } from '../support/accounts.js';
import { spawnCli } from '../support/cli.js';
import { SmtpServer, type SmtpPhase } from '../support/smtp-server.js';
import { startTestApp, testSettings, type TestApp } from '../support/test-app.js';

const CERTIFICATES = join(import.meta.dirname, '../support/fixtures/tls');
const certificate = () => ({
  key: readFileSync(join(CERTIFICATES, 'server-key.pem')),
  cert: readFileSync(join(CERTIFICATES, 'server.pem')),
});
const LOGIN = { user: 'mailer@example.com', pass: 'p:a/ss word' };
const MESSAGE = {
  from: { name: 'App', address: 'app@example.com' },
  to: 'ada@example.com',
  messageId: '<1@example.com>',
  ...mailContent('Hello', { appName: 'App', userName: 'ada' }, ['One.']),
};
const unaborted = new AbortController().signal;

let smtp: SmtpServer;
let app: TestApp;

beforeAll(async () => {
  smtp = await SmtpServer.start({ login: LOGIN });
  const MAIL_URL = `smtp://${LOGIN.user.replace('@', '%40')}:${encodeURIComponent(LOGIN.pass)}@127.0.0.1:${smtp.port}`;
  // The test puts retries forward in the database, and looks at the log of the process that made them.
  app = await startTestApp({ ...smtp.settings, MAIL_URL }, { singleProcess: 'its log and its notices service' });
});
afterEach(() => smtp.heal());
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const outbox = () => app.db.collection('outbox');
const jobTo = (to: string) => outbox().findOne({ 'payload.to': to });

/** Queues a notice to an address of its own; with a link, if it is given one. */
async function queue(link?: Omit<UndoLink, 'to'>): Promise<string> {
  const to = freshEmail();
  const user = { _id: new ObjectId(), username: 'ada', email: to, emailVerifiedAt: new Date() } as UserRecord;
  const undo = link && { ...link, to };
  await app.app.get(NoticesService, { strict: false }).notify(user, 'email_changed', { origin: OPERATOR, undo });
  return to;
}

/** Makes the retry due now. The worker's next poll, within two seconds, claims it. */
async function retryNow(to: string): Promise<void> {
  await outbox().updateOne({ 'payload.to': to }, { $set: { nextAt: new Date() } });
}

/** Waits until an attempt has failed and been noted. */
async function failed(to: string, attempts = 1): Promise<Document> {
  let noted: Document | undefined;
  await expect
    .poll(async () => {
      const job = await jobTo(to);
      // Kept as it is seen: the next attempt may begin at once.
      if (job && !job.leaseId && job.attempts >= attempts) noted = job;
      return noted;
    })
    .toBeDefined();
  return noted!;
}

describe('a mail', () => {
  it('goes out after a login, and leaves nothing in the outbox', async () => {
    const to = await queue();
    expect((await smtp.mailTo(to)).signedInAs).toBe(LOGIN.user);
    await expect.poll(() => jobTo(to)).toBeNull();
  });

  it.each<[SmtpPhase, number, string]>([
    ['greeting', 421, '421 to CONN'],
    ['auth', 454, '454 to AUTH PLAIN'],
    ['mail', 451, '451 to MAIL FROM'],
    ['rcpt', 450, '450 to RCPT TO'],
    ['data', 452, '452 to DATA'],
    ['greeting', 554, '554 to CONN'],
    ['auth', 535, '535 to AUTH PLAIN'],
    ['mail', 550, '550 to MAIL FROM'],
  ])('that the server rejects at %s with %i is retried and arrives', async (phase, status, reason) => {
    smtp.fail(phase, status);
    const to = await queue();
    const job = await failed(to);
    expect(job.lastFailure).toBe(reason);
    expect(job).not.toHaveProperty('deadAt');
    // Measured between stored dates: on a busy machine the retry may be due before this test looks at it.
    expect((job.nextAt as Date).getTime() - (job.createdAt as Date).getTime()).toBeGreaterThanOrEqual(5_000);
    // Written a moment after the result is stored.
    await expect
      .poll(() => app.logs)
      .toContainEqual(expect.objectContaining({ event: 'outbox_retry', reason, kind: 'notice' }));
    smtp.heal();
    await retryNow(to);
    await smtp.mailTo(to);
  });

  it.each<[SmtpPhase, number, string]>([
    ['rcpt', 550, '550 to RCPT TO'],
    ['data', 554, '554 to DATA'],
  ])(
    'that the server rejects at %s with %i becomes a dead letter, without its nonce',
    async (phase, status, reason) => {
      smtp.fail(phase, status);
      const secret = app.app.get(MailSecretsService, { strict: false }).create('token');
      const to = await queue({ id: new ObjectId(), secret, expiresAt: inAnHour() });
      const dead = await failed(to);
      expect(dead).toMatchObject({ lastFailure: reason, attempts: 1 });
      for (const field of ['nonce', 'keyId', 'nextAt', 'leaseId']) expect(dead).not.toHaveProperty(field);
      const logged = { event: 'outbox_dead_letter', level: 'error', reason, result: 'rejected' };
      await expect.poll(() => app.logs).toContainEqual(expect.objectContaining(logged));
    },
  );

  it('whose connection is cut before the server confirms it arrives again under the same Message-ID', async () => {
    smtp.cutAfterData();
    const to = await queue();
    const first = await smtp.mailTo(to);
    await failed(to);
    await retryNow(to);
    expect((await smtp.mailTo(to)).messageId).toBe(first.messageId);
  });

  it('waits while the server is down, and readiness stays 200', async () => {
    const other = await SmtpServer.start();
    const { settings } = other;
    await other.close();
    const waiting = await startTestApp(settings, { singleProcess: 'its notices service' });
    const user = { _id: new ObjectId(), username: 'ada', email: 'ada@example.com', emailVerifiedAt: new Date() };
    const service = waiting.app.get(NoticesService, { strict: false });
    await service.notify(user as UserRecord, 'password_changed', { origin: OPERATOR });
    const job = () => waiting.db.collection('outbox').findOne({ lastFailure: 'ESOCKET' });
    await expect.poll(job).not.toBeNull();
    await waiting.agent().get('/health/ready').expect(200);
    await waiting.close();
  });
});

describe('an address', () => {
  it.each([
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    '<ada@example.com>',
    'ada',
    '',
  ])('like %j gets no mail, and neither does any other', async (to) => {
    const before = smtp.mails.length;
    const mailer = app.app.get(MailerService, { strict: false });
    const sent = mailer.send({ id: new ObjectId(), to, content: MESSAGE });
    await expect(sent).rejects.toBeInstanceOf(DeliveryRejected);
    expect(smtp.mails.length).toBe(before);
  });

  it('with an internationalized domain gets its mail there', async () => {
    const id = new ObjectId();
    await app.app.get(MailerService, { strict: false }).send({ id, to: 'Ada@bücher.example', content: MESSAGE });
    // The server shows the domain as people write it; on the wire it is ASCII.
    const mail = await smtp.mailTo('Ada@bücher.example');
    expect(smtp.raw.at(-1)).toContain('To: Ada@xn--bcher-kva.example');
    expect(mail.messageId).toBe(`<${id.toHexString()}@example.com>`);
  });
});

describe('the secret of a link', () => {
  it('is only in the body of the mail: not in the database, a log or a subject', async () => {
    smtp.fail('greeting', 421);
    const secret = app.app.get(MailSecretsService, { strict: false }).create('token');
    const to = await queue({ id: new ObjectId(), secret, expiresAt: inAnHour() });
    await failed(to);
    const collections = await app.db.collections();
    const stored = await Promise.all(collections.map((collection) => collection.find().toArray()));
    expect(JSON.stringify(stored)).toContain(secret.nonce);
    expect(JSON.stringify(stored)).not.toContain(secret.value);
    smtp.heal();
    await retryNow(to);
    const { subject, text } = await smtp.mailTo(to);
    expect(text).toContain(`#${secret.value}`);
    expect(subject).not.toContain(secret.value);
    await expect.poll(() => jobTo(to)).toBeNull();
    expect(JSON.stringify(app.logs)).not.toContain(secret.value);
  });

  it('is replaced if its key was removed from the settings, and the new hash is stored before the mail is sent', async () => {
    const secret = { ...app.app.get(MailSecretsService, { strict: false }).create('token'), keyId: 'gone' };
    const renewed: [string, string][] = [];
    app.app.get(NoticesService, { strict: false }).onUndoRenewed(async (record, value) => {
      renewed.push([record.toHexString(), value]);
    });
    const id = new ObjectId();
    const { text } = await smtp.mailTo(await queue({ id, secret, expiresAt: inAnHour() }));
    expect(renewed).toEqual([[id.toHexString(), expect.stringMatching(/^[\w-]{43}$/)]]);
    expect(text).toContain(`#${renewed[0]![1]}`);
    expect(text).not.toContain(secret.value);
  });
});

describe('a code', () => {
  it('is eight characters without I, L, O and U, the same at every attempt', async () => {
    const secrets = app.app.get(MailSecretsService, { strict: false });
    const codes = Array.from({ length: 200 }, () => secrets.create('code'));
    for (const { value } of codes) expect(value).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(new Set(codes.map(({ value }) => value)).size).toBe(200);
    const [{ nonce, keyId, value }] = codes as [(typeof codes)[0]];
    const job = { _id: new ObjectId(), nonce, keyId } as never;
    expect(await secrets.of(job, 'code', () => Promise.reject(new Error('not renewed')))).toBe(value);
  });
});

describe('TLS', () => {
  const server = { host: '127.0.0.1', secure: false, loopback: false };

  it('is required of a server elsewhere: without it no mail goes', async () => {
    const plain = await SmtpServer.start();
    const sent = new SmtpTransport({ ...server, port: plain.port }).send(MESSAGE, unaborted);
    await expect(sent).rejects.toMatchObject({
      reason: expect.stringMatching(/^E(SOCKET|TLS)$|to STARTTLS$/) as string,
    });
    expect(plain.mails).toEqual([]);
    await plain.close();
  });

  it('with an untrusted certificate is rejected, by STARTTLS and from the first byte', async () => {
    for (const secure of [false, true]) {
      const wrong = await SmtpServer.start({ ...certificate(), secure });
      const sent = new SmtpTransport({ ...server, secure, port: wrong.port }).send(MESSAGE, unaborted);
      await expect(sent).rejects.toMatchObject({
        reason: expect.stringMatching(/^E(SOCKET|TLS|CONNECTION)$/) as string,
      });
      expect(wrong.mails).toEqual([]);
      await wrong.close();
    }
  });

  it('on this machine is used if offered, with any certificate', async () => {
    const local = await SmtpServer.start(certificate());
    await new SmtpTransport({ ...server, loopback: true, port: local.port }).send(MESSAGE, unaborted);
    expect((await local.mailTo(MESSAGE.to)).encrypted).toBe(true);
    await local.close();
  });

  // A process of its own: Node.js reads further authorities at its start.
  it('with a certificate of a trusted authority is accepted', async () => {
    const trusted = await SmtpServer.start({ ...certificate(), secure: true, login: LOGIN });
    const settings = testSettings({
      ...trusted.settings,
      MAIL_URL: `smtps://${encodeURIComponent(LOGIN.user)}:${encodeURIComponent(LOGIN.pass)}@127.0.0.1:${trusted.port}`,
      NODE_EXTRA_CA_CERTS: join(CERTIFICATES, 'ca.pem'),
    });
    const command = spawnCli(['mail', 'test', 'ada@example.com'], { env: settings });
    expect(await once(command, 'close')).toEqual([0, null]);
    expect(await trusted.mailTo('ada@example.com')).toMatchObject({ encrypted: true, signedInAs: LOGIN.user });
    await trusted.close();
  });
});

describe('a silent server', () => {
  let silent: Server;
  let port: number;
  let closed: Promise<unknown>[];
  beforeEach(async () => {
    closed = [];
    silent = createServer((socket) => {
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
      socket.resume();
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    ({ port } = silent.address() as AddressInfo);
  });
  afterEach(() => silent.close());
  const settings = () => ({ host: '127.0.0.1', port, secure: false, loopback: true });

  it('is disconnected as soon as the attempt is aborted', async () => {
    const attempt = new AbortController();
    silent.once('connection', () => attempt.abort());
    const sent = new SmtpTransport(settings()).send(MESSAGE, attempt.signal);
    await expect(sent).rejects.toMatchObject({ reason: 'EABORT' });
    await Promise.all(closed);
  });

  it('is disconnected when the greeting times out', async () => {
    const sent = new SmtpTransport(settings(), { greetingTimeout: 20 }).send(MESSAGE, unaborted);
    await expect(sent).rejects.toMatchObject({ reason: 'ETIMEDOUT' });
    await Promise.all(closed);
  });
});

const inAnHour = (): Date => new Date(Date.now() + 3_600_000);
