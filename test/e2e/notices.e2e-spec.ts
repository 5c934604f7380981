import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OPERATOR } from '../../src/logging/security-logger.service.js';
import { NoticesService } from '../../src/mail/notices.service.js';
import { NOTICE_KINDS } from '../../src/mail/notice.types.js';
import type { UserRecord } from '../../src/users/user.schema.js';
import { freshUsername, signUp } from '../support/accounts.js';
import { SmtpServer } from '../support/smtp-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

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
async function verifiedUser(email = `${freshUsername()}@example.com`): Promise<UserRecord> {
  const { username } = await signUp(app);
  const verified = { $set: { email, emailVerifiedAt: new Date() } };
  const stored = await app.db.collection('users').findOneAndUpdate({ username }, verified, { returnDocument: 'after' });
  return stored as unknown as UserRecord;
}

const notices = () => app.app.get(NoticesService, { strict: false });

describe('a notice', () => {
  it.each(NOTICE_KINDS)('of kind %s arrives as text and as HTML that tell the same', async (kind) => {
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
