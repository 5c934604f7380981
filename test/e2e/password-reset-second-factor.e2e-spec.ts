import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, verifyEmail } from '../support/accounts.js';
import { expectError } from '../support/expect-error.js';
import { hasLink, tokenIn } from '../support/mail-links.js';
import { signInWithSecondFactor, totpCode, wrongCode, type SecondFactorAccount } from '../support/second-factor.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NEW_PASSWORD = 'a wholly new horse battery';

let smtp: SmtpServer;
let app: TestApp;
beforeAll(async () => {
  smtp = await SmtpServer.start();
  app = await startTestApp({ ...smtp.settings, DATA_KEYS: 'k1:a-key-for-tests-only-of-enough-length-0001' });
});
afterAll(async () => {
  await app.close();
  await smtp.close();
});

async function ownerWithToken(): Promise<{ account: SecondFactorAccount; token: string }> {
  const { account } = await signInWithSecondFactor(app);
  const email = `${account.username}@example.com`;
  await verifyEmail(app, account, email);
  await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
  return { account, token: tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password') };
}

const reset = (token: string, proof: object = {}) =>
  app
    .agent()
    .put('/password-resets')
    .send({ token, newPassword: NEW_PASSWORD, ...proof });
const status = (token: string) => app.agent().post('/password-resets/status').send({ token });

describe('a reset of an account with a second factor', () => {
  it('needs the second factor, and leaves the token valid if that is missing or wrong', async () => {
    const { account, token } = await ownerWithToken();
    const methods = ['totp', 'recovery_code'];
    expect((await status(token).expect(200)).body).toMatchObject({ secondFactor: methods });
    expectError(await reset(token), 'code_required', { methods });
    expectError(await reset(token, { code: wrongCode(account.secret) }), 'wrong_code');
    expectError(await reset(token, { recoveryCode: 'AAAA-AAAA-AAAA-AAAA-AAAA-AAAA' }), 'wrong_code');
    await status(token).expect(200);
    await reset(token, { code: totpCode(account.secret) }).expect(200);
    expectError(await status(token), 'invalid_token');
  });

  it('takes one proof: a code and a recovery code together are rejected, and neither is used', async () => {
    const { account, token } = await ownerWithToken();
    const [recoveryCode] = account.recoveryCodes;
    const both = await reset(token, { code: totpCode(account.secret), recoveryCode });
    expect(both.body).toMatchObject({
      code: 'validation_failed',
      issues: [{ path: 'recoveryCode', code: 'unknown_field' }],
    });
    await reset(token, { recoveryCode }).expect(200);
  });

  it('accepts a recovery code once, and leaves the factor on', async () => {
    const { account, token } = await ownerWithToken();
    const [recoveryCode] = account.recoveryCodes;
    await reset(token, { recoveryCode }).expect(200);
    const response = await app
      .agent()
      .post('/users/login')
      .send({ username: account.username, password: NEW_PASSWORD });
    expect(response.body).toMatchObject({ code: 'second_factor_required' });
    expect(hasLink(await smtp.mailTo(`${account.username}@example.com`, 'was reset'), 'reset-password')).toBe(false);
  });

  it('of an account without a password accepts a recovery code and no authenticator code', async () => {
    const { account } = await ownerWithToken();
    const users = app.db.collection('users');
    await users.updateOne({ username: account.username }, { $unset: { passwordHash: 1 } });
    await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
    const token = tokenIn(await smtp.mailTo(`${account.username}@example.com`, 'Reset'), 'reset-password');
    expect((await status(token).expect(200)).body).toMatchObject({ secondFactor: ['recovery_code'] });
    expect((await reset(token, { code: totpCode(account.secret) })).body).toMatchObject({ code: 'code_required' });
    await reset(token, { recoveryCode: account.recoveryCodes[0] }).expect(200);
    await expect(signIn(app, { ...account, password: NEW_PASSWORD })).rejects.toThrow('401');
  });
});
