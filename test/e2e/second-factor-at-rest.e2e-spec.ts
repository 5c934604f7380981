import { sign } from 'cookie-signature';
import { createDecipheriv, createHash } from 'node:crypto';
import { Secret } from 'otpauth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppConfig } from '../../src/config/app.config.js';
import { deriveKeys } from '../../src/keys/derived-keys.js';
import { ContinuationService } from '../../src/second-factor/continuation.service.js';
import type { TotpSecret } from '../../src/users/user.schema.js';
import { verifyEmail } from '../support/accounts.js';
import { setCookie } from '../support/cookies.js';
import { tokenIn } from '../support/mail-links.js';
import { SECOND_STEP, signInWithSecondFactor, totpCode, type SecondFactorAccount } from '../support/second-factor.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, TEST_SECRET, type TestApp } from '../support/test-app.js';

const PURPOSES = ['data-key/v1', 'continuation/v1', 'code-attempts/v1', 'login-attempts/v1', 'passkey-challenge/v1'];

/** The attacker has a copy of the stores, and SESSION_SECRETS, but not DATA_KEYS. */
describe('a copy of the database without DATA_KEYS', () => {
  let smtp: SmtpServer;
  let app: TestApp;
  let account: SecondFactorAccount;
  /** Secrets that the owner was shown or sent. */
  let secrets: Record<string, string>;
  let copy: string;
  beforeAll(async () => {
    smtp = await SmtpServer.start();
    app = await startTestApp(smtp.settings);
    ({ account, secrets } = await ownerOfSecrets());
    copy = JSON.stringify(await everythingStored());
  });
  afterAll(async () => {
    await app.close();
    await smtp.close();
  });

  async function ownerOfSecrets() {
    const { account: owner, agent } = await signInWithSecondFactor(app);
    const email = `${owner.username}@example.com`;
    await verifyEmail(app, owner, email);
    await app.agent().post('/password-resets').send({ username: owner.username }).expect(202);
    const { body: pending } = await agent.post('/users/me/totp').expect(201);
    const login = { username: owner.username, password: owner.password, code: totpCode(owner.secret) };
    const signedIn = await app.agent().post('/users/login').send(login).expect(200);
    const shown = {
      totpSecret: owner.secret,
      pendingTotpSecret: pending.secret as string,
      recoveryCode: owner.recoveryCodes[0]!.replaceAll('-', ''),
      sessionId: setCookie(signedIn)!.secretId,
      deviceCookie: setCookie(signedIn, 'device')!.pair.split('=')[1]!,
      resetToken: tokenIn(await smtp.mailTo(email, 'Reset'), 'reset-password'),
    };
    return { account: owner, secrets: shown };
  }

  async function everythingStored(): Promise<unknown[]> {
    const collections = await app.db.listCollections().toArray();
    const documents = collections.map(({ name }) => app.db.collection(name).find().toArray());
    return [...(await Promise.all(documents)).flat(), ...(await app.sessions.all())];
  }

  const storedUser = () => app.db.collection('users').findOne({ username: account.username });

  it('holds no secret, in any encoding', () => {
    for (const [name, secret] of Object.entries(secrets)) {
      const bytes = Buffer.from(name.endsWith('totpSecret') ? Secret.fromBase32(secret).bytes : secret);
      const encodings = (['base64', 'base64url', 'hex'] as const).map((encoding) => bytes.toString(encoding));
      for (const text of [secret, secret.toLowerCase(), ...encodings]) {
        expect([name, copy.includes(text)]).toEqual([name, false]);
      }
    }
  });

  it('yields no TOTP secret to the keys of SESSION_SECRETS', async () => {
    const { data } = (await storedUser())!.totpSecret as TotpSecret;
    const bytes = Buffer.from(data, 'base64url');
    const derived = PURPOSES.map((purpose) => deriveKeys([TEST_SECRET], purpose)[0]!.key);
    for (const key of [...derived, createHash('sha256').update(TEST_SECRET).digest()]) {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(`totp/v1:${(await storedUser())!._id.toHexString()}`));
      decipher.setAuthTag(bytes.subarray(12, 28)).update(bytes.subarray(28));
      expect(() => decipher.final()).toThrow('authenticate');
    }
  });

  it('holds no text that signs in or resets the password, also for an attacker who forges continuations and cookies', async () => {
    const { _id, credentialVersion } = (await storedUser())!;
    const forger = new ContinuationService({ session: { secrets: [TEST_SECRET] } } as AppConfig);
    const begun = { userId: _id.toHexString(), credentialVersion: credentialVersion as number };
    const { continuation } = forger.issue({ ...begun, rememberMe: true, amr: ['pwd'] });
    const newPassword = 'a password of the attacker';
    // The forged continuation is valid, so the attempts below fail because of their proof.
    const control = { continuation, recoveryCode: 'A'.repeat(24) };
    await app.agent().post(SECOND_STEP).send(control).expect(403);
    const texts = textsIn(copy);
    expect(texts).toContain(account.username);
    for (const text of texts) {
      const cookie = `sid=${encodeURIComponent(`s:${sign(text, TEST_SECRET)}`)}`;
      const attempts = await Promise.all([
        app.agent().get('/users/me').set('Cookie', cookie),
        app.agent().post(SECOND_STEP).send({ continuation, recoveryCode: text }),
        app.agent().post(SECOND_STEP).send({ continuation: text, recoveryCode: text }),
        app.agent().put('/password-resets').send({ token: text, newPassword }),
      ]);
      for (const { status } of attempts) expect([400, 401, 403]).toContain(status);
    }
  });
});

/** Every text in a JSON document, once. */
function textsIn(json: string): string[] {
  const texts = new Set<string>();
  JSON.parse(json, (_name, value: unknown) => (typeof value === 'string' && value !== '' ? texts.add(value) : value));
  return [...texts];
}
