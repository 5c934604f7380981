import type TestAgent from 'supertest/lib/agent.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  freshEmail,
  freshUsername,
  PASSWORD,
  signIn,
  signUp,
  signUpVerified,
  type Credentials,
} from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { codeIn, hasLink, tokenIn } from '../support/mail-links.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { codeFor, typeCode } from '../support/verification.js';

const NEW_PASSWORD = 'a wholly new horse battery';

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp({ ...smtp.settings, MAIL_RATE_PER_IP: '100000/1h', SECURITY_NOTICES: 'off' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

const users = () => app.db.collection('users');
const undo = (token: string) => app.agent().post('/email-changes/undo').send({ token });
const logIn = ({ username }: Credentials, password = PASSWORD) =>
  app.agent().post('/users/login').send({ username, password });

interface Changed {
  account: Credentials;
  thief: TestAgent;
  old: string;
  email: string;
  /** Of the link in the mail to the old address. */
  token: string;
}

/** A verified address that was changed in an open session. */
async function changed(): Promise<Changed> {
  const { email: old, ...account } = await signUpVerified(app);
  const thief = await signIn(app, account);
  const email = freshEmail();
  return { account, thief, old, email, token: await change(thief, old, email) };
}

async function change(agent: TestAgent, old: string, email: string): Promise<string> {
  await agent.put('/users/me/email').send({ email }).expect(202);
  await typeCode(agent, await codeFor(smtp, email)).expect(200);
  const token = tokenIn(await smtp.mailTo(old, 'changed'), 'undo-email-change');
  app.canaries.add(token);
  return token;
}

describe('undoing a change of the address', () => {
  it('restores it, ends every session and disables the password until it is reset', async () => {
    const { account, thief, old, email, token } = await changed();
    expect((await undo(token).expect(200)).body).toEqual({ msg: 'Email address restored', revokedSessions: 1 });
    expectError(await thief.get('/users/me'), 'session_revoked', { reason: 'email_change_undone' });
    expectError(await logIn(account), 'invalid_credentials');
    expectError(await app.agent().post('/users/login').send({ email, password: PASSWORD }), 'invalid_credentials');
    const mail = await smtp.mailTo(old, 'Reset');
    expect(mail.text).toContain('Your old password no longer works.');
    expect(mail.text).not.toMatch(/asked to reset|stays as it is/);
    const link = tokenIn(mail, 'reset-password');
    await app.agent().put('/password-resets').send({ token: link, newPassword: NEW_PASSWORD }).expect(200);
    const agent = await signIn(app, { ...account, password: NEW_PASSWORD });
    expect((await agent.get('/users/me')).body).toMatchObject({ email: old, emailVerified: true });
    await app.agent().post('/users/login').send({ email: old, password: NEW_PASSWORD }).expect(200);
    expectError(await undo(token), 'invalid_token');
  });

  it('frees the address that the change brought', async () => {
    const { email, token } = await changed();
    await undo(token).expect(200);
    const other = await signIn(app, await signUp(app, { email } as object));
    const code = codeIn(await smtp.mailTo(email, 'Verify'));
    const { body } = await typeCode(other, code).expect(200);
    expect(body.email).toBe(email);
  });

  it('leaves resets possible when the link to reset has expired', async () => {
    const { account, old, token } = await changed();
    await undo(token).expect(200);
    await smtp.mailTo(old, 'Reset');
    await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
    const link = tokenIn(await smtp.mailTo(old, 'Reset'), 'reset-password');
    await app.agent().put('/password-resets').send({ token: link, newPassword: NEW_PASSWORD }).expect(200);
    const { body } = await logIn(account, NEW_PASSWORD).expect(200);
    expect(body.User.userName).toBe(account.username);
  });

  it('works after the thief has changed the password, and voids the links of later changes', async () => {
    const { thief, old, email, token } = await changed();
    const newPassword = 'the password of a thief';
    await thief.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword }).expect(200);
    const later = await change(thief, email, freshEmail());
    await undo(token).expect(200);
    expectError(await undo(later), 'invalid_token');
    await smtp.mailTo(old, 'Reset');
  });

  it('leaves the links of earlier changes valid', async () => {
    const { thief, old, email, token } = await changed();
    const later = await change(thief, email, freshEmail());
    await undo(later).expect(200);
    await smtp.mailTo(email, 'Reset');
    expect((await undo(token).expect(200)).body.revokedSessions).toBe(0);
    await smtp.mailTo(old, 'Reset');
  });

  it('restores an address that was removed', async () => {
    const { email: old, ...account } = await signUpVerified(app);
    const thief = await signIn(app, account);
    await thief.delete('/users/me/email').expect(204);
    await undo(tokenIn(await smtp.mailTo(old, 'removed'), 'undo-email-change')).expect(200);
    const user = await users().findOne({ username: account.username });
    expect(user).toMatchObject({ email: old, emailVerifiedAt: expect.any(Date) });
  });

  it('removes the providers that were linked since the change was asked for, and keeps earlier ones', async () => {
    const { account, token } = await changed();
    const identity = (provider: string, age: number) => ({
      provider,
      subject: freshUsername(),
      linkedAt: new Date(Date.now() - age),
    });
    const identities = [identity('github', 3_600_000), identity('google', 0)];
    await users().updateOne({ username: account.username }, { $set: { identities } });
    await undo(token).expect(200);
    const user = await users().findOne({ username: account.username });
    expect(user!.identities).toEqual([expect.objectContaining({ provider: 'github' })]);
  });

  it('removes the passkeys that were added since the change was asked for, and keeps earlier ones', async () => {
    const { account, token } = await changed();
    const { _id: userId } = (await users().findOne({ username: account.username }))!;
    const passkey = (id: string, createdAt: Date) => ({ _id: id as never, publicId: id, userId, createdAt });
    const [mine, theirs] = [freshUsername(), freshUsername()];
    const passkeys = app.db.collection('passkeys');
    await passkeys.insertMany([passkey(mine, new Date(Date.now() - 3_600_000)), passkey(theirs, new Date())]);
    await users().updateOne({ _id: userId }, { $set: { passkeyCount: 2 } });
    await undo(token).expect(200);
    expect((await passkeys.find({ userId }).toArray()).map(({ _id }) => String(_id))).toEqual([mine]);
    expect(await users().findOne({ _id: userId })).toMatchObject({ passkeyCount: 1 });
  });

  it('mails an account without a password its ways to sign in, and no link', async () => {
    const { account, old, token } = await changed();
    await users().updateOne({ username: account.username }, { $unset: { passwordHash: 1 } });
    await undo(token).expect(200);
    const mail = await smtp.mailTo(old, 'Sign in to');
    expect(mail.text).toContain('was undone');
    expect(mail.text).not.toContain('asked to reset');
    expect(hasLink(mail, 'reset-password')).toBe(false);
  });

  it('voids reset tokens that the thief has asked for', async () => {
    const { account, email, token } = await changed();
    await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
    const link = tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password');
    await undo(token).expect(200);
    const body = { token: link, newPassword: NEW_PASSWORD };
    expectError(await app.agent().put('/password-resets').send(body), 'invalid_token');
  });

  it('happens once for concurrent requests', async () => {
    const { token } = await changed();
    const responses = await Promise.all(Array.from({ length: 4 }, () => undo(token)));
    expect(responses.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const response of responses.filter(({ status }) => status !== 200)) expectError(response, 'invalid_token');
  });

  it('is rejected for an unknown token, an expired one and one of a deleted account', async () => {
    expectError(await undo('unknown'), 'invalid_token');
    const { account, token } = await changed();
    const user = await users().findOne({ username: account.username });
    await app.db.collection('email_undos').updateMany({ userId: user!._id }, { $set: { expires: new Date() } });
    expectError(await undo(token), 'invalid_token');
    const { thief, token: orphan } = await changed();
    await thief.delete('/users/me').expect(204);
    expectError(await undo(orphan), 'invalid_token');
  });
});
