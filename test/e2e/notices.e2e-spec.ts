import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccountService } from '../../src/account/account.service.js';
import { MailSecretsService } from '../../src/mail/mail-secrets.service.js';
import { OPERATOR } from '../../src/logging/security-logger.service.js';
import { NoticesService } from '../../src/mail/notices.service.js';
import { NOTICE_KINDS } from '../../src/mail/notice.types.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { freshEmail, PASSWORD, signIn, signUp, type Credentials } from '../support/accounts.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

let smtp: SmtpServer;
let app: TestApp;

beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp(smtp.settings);
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

/** An account whose address is verified, as stored. */
async function verifiedUser(
  { username }: Pick<Credentials, 'username'> = { username: '' },
  email = freshEmail(),
): Promise<UserRecord> {
  if (!username) return verifiedUser(await signUp(app), email);
  const verified = { $set: { email, emailVerifiedAt: new Date() } };
  const stored = await app.db.collection('users').findOneAndUpdate({ username }, verified, { returnDocument: 'after' });
  return stored as unknown as UserRecord;
}

const notices = () => app.app.get(NoticesService, { strict: false });

describe('a notice', () => {
  it.each(NOTICE_KINDS)('of kind %s arrives as text and as HTML with the same content', async (kind) => {
    const user = await verifiedUser();
    const details = {
      oldEmail: 'old@example.com',
      newEmail: 'new@example.com',
      provider: 'acme',
      passkeyName: '<b>key</b>',
    };
    await notices().notify(user, kind, { origin: OPERATOR, details });
    const mail = await smtp.mailTo(user.email!);
    expect(mail.from?.text).toBe('"Session Auth" <app@example.com>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.text).toContain(`Hello ${user.username},`);
    expect(mail.text).toMatch(/When: \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect(mail.html).toContain(`<p>Hello ${user.username},</p>`);
    expect(mail.html).not.toContain('<b>key</b>');
    expect(mail.text).not.toMatch(/undefined|null/);
  });
});

describe('the owner of a verified address', () => {
  const NEW_PASSWORD = 'another good horse battery';

  it('gets a notice of a password change, with the device and the IP address', async () => {
    const account = await signUp(app);
    const { email } = await verifiedUser(account);
    const agent = await signIn(app, account);
    await smtp.mailTo(email!, 'new device');
    await agent
      .put('/users/me/password')
      .set('User-Agent', FIREFOX)
      .send({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD })
      .expect(200);
    const { text, subject } = await smtp.mailTo(email!);
    expect(subject).toBe('Your password was changed');
    expect(text).toContain('Device: Firefox on Linux\nIP address: 127.0.0.1');
  });

  it('gets a notice when an operator disables the account', async () => {
    const user = await verifiedUser();
    await app.app.get(AccountService, { strict: false }).disable(user);
    const { text } = await smtp.mailTo(user.email!, 'disabled');
    expect(text).toContain('By: an operator of the service');
    expect(text).not.toContain('Device');
  });

  it('gets a notice of the deletion after the account is gone', async () => {
    const account = await signUp(app);
    const { email } = await verifiedUser(account);
    await (await signIn(app, account)).delete('/users/me').expect(204);
    await smtp.mailTo(email!, 'deleted');
    expect(await app.db.collection('users').countDocuments({ username: account.username })).toBe(0);
  });

  it('gets notices at the earlier address too while that is reserved', async () => {
    const [soon, over] = [freshEmail(), freshEmail()];
    const user = await verifiedUser();
    user.formerEmails = [
      { address: soon, until: new Date(Date.now() + 60_000) },
      { address: over, until: new Date(Date.now() - 1) },
    ];
    const also = [user.email!.toUpperCase(), freshEmail()];
    await notices().notify(user, 'email_changed', { origin: OPERATOR, details: { newEmail: also[1] }, also });
    for (const address of [user.email!, soon, also[1]!]) await smtp.mailTo(address);
    expect(smtp.mails.filter(({ envelopeTo }) => envelopeTo.includes(over))).toEqual([]);
    expect(smtp.mails.filter(({ envelopeTo }) => envelopeTo[0]!.toLowerCase() === user.email)).toHaveLength(1);
  });

  it('sees every notice in the history, under its name', async () => {
    const account = await signUp(app);
    const user = await verifiedUser(account);
    const told = NOTICE_KINDS.filter((kind) => kind !== 'account_deleted');
    for (const kind of told) await notices().notify(user, kind, { origin: OPERATOR });
    const agent = await signIn(app, account);
    const { body } = await agent.get('/users/me/activity?limit=100').expect(200);
    const types = (body as { items: { type: string }[] }).items.map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(told));
  });
});

describe('a sign-in from a new device', () => {
  const signedIn = (cookie?: string) => (account: Credentials) =>
    app
      .agent()
      .post('/users/login')
      .set({ 'User-Agent': FIREFOX, ...(cookie && { Cookie: cookie }) })
      .send(account)
      .expect(200);
  const deviceOf = (response: { headers: Record<string, unknown> }): string =>
    ([response.headers['set-cookie']].flat() as string[]).find((line) => line.startsWith('device='))!.split(';')[0]!;
  const newDevices = async (username: string) => {
    const user = await app.db.collection('users').findOne({ username });
    return app.db.collection('audit_events').countDocuments({ userId: user!._id, type: 'new_device' });
  };

  it('causes one notice: the device is known from then on, for the last five accounts of its browser', async () => {
    const accounts = await Promise.all(Array.from({ length: 6 }, () => signUp(app)));
    const [first] = accounts as [Credentials];
    const { email } = await verifiedUser(first);
    let device = deviceOf(await signedIn()(first));
    expect((await smtp.mailTo(email!, 'new device')).text).toContain('Device: Firefox on Linux');
    for (const account of accounts.slice(1, 5)) device = deviceOf(await signedIn(device)(account));
    device = deviceOf(await signedIn(device)(first));
    expect(await newDevices(first.username)).toBe(1);
    // Five others push it out.
    for (const account of [...accounts.slice(1), await signUp(app)]) device = deviceOf(await signedIn(device)(account));
    device = deviceOf(await signedIn(device)(first));
    await smtp.mailTo(email!, 'new device');
    expect(await newDevices(first.username)).toBe(2);
  });

  it('causes no notice without a verified address', async () => {
    const account = await signUp(app);
    const unverified = { $set: { email: freshEmail() } };
    await app.db.collection('users').updateOne({ username: account.username }, unverified);
    await signedIn()(account);
    expect(await newDevices(account.username)).toBe(0);
  });
});

describe('with SECURITY_NOTICES=off', () => {
  let quiet: TestApp;
  beforeAll(async () => {
    quiet = await startTestApp({ ...smtp.settings, SECURITY_NOTICES: 'off' });
  });
  afterAll(() => quiet.close());

  it('the mail with the undo link is still sent, and no other', async () => {
    const service = quiet.app.get(NoticesService, { strict: false });
    const secret = quiet.app.get(MailSecretsService, { strict: false }).create('token');
    const user = await verifiedUser();
    const undo = { id: user._id, to: user.email!, secret, expiresAt: new Date(Date.now() + 60_000) };
    const also = [freshEmail()];
    await service.notify(user, 'password_changed', { origin: OPERATOR });
    await service.notify(user, 'email_changed', { origin: OPERATOR, also, undo });
    const mail = await smtp.mailTo(user.email!);
    expect(mail.text).toContain(`https://app.example.com/undo-email-change#${secret.value}`);
    expect(mail.html).toContain(secret.value);
    expect(mail.subject).not.toContain(secret.value);
    await expect.poll(() => quiet.db.collection('outbox').countDocuments()).toBe(0);
    expect(smtp.mails.filter(({ envelopeTo }) => envelopeTo.includes(also[0]!))).toEqual([]);
  });
});
