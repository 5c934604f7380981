import type { AppConfig } from '../../config/app.config.js';
import type { MailContent } from '../mail-content.js';
import { passwordResetLinkMail } from '../messages/password-reset-link.mail.js';
import { passwordlessResetMail } from '../messages/passwordless-reset.mail.js';
import { testMail } from '../messages/test.mail.js';
import { verificationCodeMail } from '../messages/verification-code.mail.js';
import { NOTICE_MAILS } from '../notice-mails.js';
import { NOTICE_KINDS, type NoticeInfo } from '../notice.types.js';

/** A sample of every mail, by name. */
export function mailSamples({ appName, frontendUrl }: AppConfig): [name: string, mail: MailContent][] {
  const at = new Date('2030-01-31T12:00:00Z');
  const greeting = { appName, userName: 'ada' };
  const info: NoticeInfo = {
    ...greeting,
    frontendUrl,
    at,
    ip: '203.0.113.7',
    device: 'Firefox on Linux',
    byOperator: false,
    details: {
      oldEmail: 'ada@example.com',
      newEmail: 'ada@example.org',
      provider: 'google',
      passkeyName: 'Phone',
      recoveryCodesLeft: 2,
    },
  };
  const link = (path: string) => `${frontendUrl}/${path}`;
  const undo = { link: link('undo-email-change#SAMPLE'), expiresAt: at };
  return [
    [
      'verification code',
      verificationCodeMail({ ...greeting, code: 'ABCD1234', link: link('verify-email#ABCD1234'), expiresAt: at }),
    ],
    ['password reset', passwordResetLinkMail({ ...greeting, link: link('reset-password#SAMPLE'), expiresAt: at })],
    [
      'password reset after an undone change of the email address',
      passwordResetLinkMail({ ...greeting, link: link('reset-password#SAMPLE'), expiresAt: at, afterUndo: true }),
    ],
    ['reset without a password', passwordlessResetMail({ ...greeting, ways: ['google', 'a passkey'] })],
    ['test', testMail({ ...greeting, at })],
    ['email_changed with its undo link', NOTICE_MAILS.email_changed({ ...info, undo })],
    ...NOTICE_KINDS.map((kind): [string, MailContent] => [kind, NOTICE_MAILS[kind](info)]),
  ];
}
