import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freshEmail, freshUsername, signIn, signUp, signUpVerified } from '../support/accounts.js';
import { hasLink, tokenIn } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '100000/1h' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const owner = () => signUpVerified(app);

const users = () => app.db.collection('users');
const request = (body: object) => app.agent().post('/password-resets').send(body);

/** Waits until no request for a reset is under way. */
async function settled(): Promise<void> {
  const waiting = () => app.db.collection('outbox').countDocuments({ kind: 'password_reset' });
  await expect.poll(waiting, { interval: 50 }).toBe(0);
}

describe('a request for a reset', () => {
  it('gets the same response, byte by byte, for known, unknown, unverified and password-less accounts', async () => {
    const known = await owner();
    const unverified = await signUp(app, { email: freshEmail() } as object);
    const passwordless = await owner();
    await users().updateOne({ username: passwordless.username }, { $unset: { passwordHash: 1 } });
    const bodies = [known, { username: freshUsername() }, unverified, passwordless].map(({ username }) => ({
      username,
    }));
    const responses = [];
    for (const body of [...bodies, { email: known.email }, { email: freshEmail() }]) {
      responses.push(await request(body));
    }
    const seen = responses.map(({ status: code, body, headers }) => ({
      code,
      body,
      headers: { ...headers, date: '', 'x-request-id': '' },
    }));
    expect(new Set(seen.map((response) => JSON.stringify(response))).size).toBe(1);
    expect(seen[0]).toMatchObject({ code: 202, body: { msg: expect.any(String) } });
    await settled();
    const mails = smtp.mails.map(({ envelopeTo }) => envelopeTo[0]);
    expect(mails.filter((to) => to === known.email)).toHaveLength(2);
    expect(mails.filter((to) => to === passwordless.email)).toHaveLength(1);
  });

  it('is dropped when the owner of the address deletes the account, not when another account with the address is deleted', async () => {
    const { email, ...account } = await owner();
    const jobs = app.db.collection('outbox');
    // Waits for an hour, as after many failed deliveries.
    const nextAt = new Date(Date.now() + 3_600_000);
    const { insertedId } = await jobs.insertOne({ kind: 'password_reset', payload: { email }, nextAt });
    const other = await signIn(app, await signUp(app, { email } as object));
    await other.delete('/users/me').expect(204);
    expect(await jobs.findOne({ _id: insertedId })).not.toBeNull();
    await (await signIn(app, account)).delete('/users/me').expect(204);
    expect(await jobs.findOne({ _id: insertedId })).toBeNull();
  });

  it('stores one job, whether the account exists or not', async () => {
    const jobs = app.db.collection('outbox').watch([{ $match: { operationType: 'insert' } }]);
    onTestFinished(() => jobs.close());
    await jobs.tryNext(); // opens it
    const { username } = await owner();
    const names = [username, freshUsername()];
    for (const name of names) await request({ username: name }).expect(202);
    for (const name of names) {
      const inserted = await jobs.next();
      expect(inserted).toMatchObject({ fullDocument: { kind: 'password_reset', payload: { username: name } } });
    }
    await settled();
  });

  it('is mailed to the stored address, never to the typed one', async () => {
    const { email } = await owner();
    await request({ email: email.toUpperCase() }).expect(202);
    const mail = await smtp.mailTo(email, 'Reset');
    expect(mail.envelopeTo).toEqual([email]);
    expect(mail.subject).not.toContain(tokenIn(mail, 'reset-password'));
    expect(String(mail.html)).toContain(tokenIn(mail, 'reset-password'));
  });

  it('makes links that start with FRONTEND_URL, whatever the Host header says', async () => {
    const { username, email } = await owner();
    await request({ username }).set('Host', 'evil.example').set('X-Forwarded-Host', 'evil.example').expect(202);
    const mail = await smtp.mailTo(email, 'Reset');
    expect(tokenIn(mail, 'reset-password')).toHaveLength(43);
    expect(mail.text).not.toContain('evil.example');
  });

  it('of an account without a password causes a mail with its ways to sign in and no link', async () => {
    const { username, email } = await owner();
    const identities = [{ provider: 'github', subject: freshUsername(), linkedAt: new Date() }];
    await users().updateOne({ username }, { $unset: { passwordHash: 1 }, $set: { identities } });
    await request({ username }).expect(202);
    const mail = await smtp.mailTo(email);
    expect(mail.text).toContain('github');
    expect(hasLink(mail, 'reset-password')).toBe(false);
  });

  it('is dropped without an error beyond MAIL_RATE_PER_RECIPIENT', async () => {
    const { username, email } = await owner();
    for (let i = 0; i < 5; i++) await request({ username }).expect(202);
    await settled();
    expect(smtp.mails.filter(({ envelopeTo }) => envelopeTo.includes(email))).toHaveLength(3);
  });

  it.each([
    [{}, 'username', 'required'],
    [{ username: 'ada', email: 'ada@example.com' }, 'email', 'unknown_field'],
    [{ email: 'no address' }, 'email', 'not_well_formed'],
    [{ username: { $ne: null } }, 'username', 'wrong_type'],
  ])('is rejected for %j', async (body, path, code) => {
    expect((await request(body)).body).toMatchObject({ code: 'validation_failed', issues: [{ path, code }] });
  });
});
