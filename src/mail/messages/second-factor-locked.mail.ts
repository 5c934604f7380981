import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const secondFactorLockedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Codes from your authenticator app are blocked',
    happened:
      'A hundred codes in a row were wrong, so codes from your authenticator app are rejected until you sign in with a recovery code or a passkey.',
    otherwise: `If these were not your attempts, someone else knows your password: ${resetAdvice(info)}`,
  });
