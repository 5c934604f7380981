import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const secondFactorDisabledMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Two-step sign-in was turned off',
    happened: 'Signing in to your account no longer takes a code from an authenticator app.',
    otherwise: `If you did not turn it off, ${resetAdvice(info)}`,
  });
