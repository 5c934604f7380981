import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const passwordRemovedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your password was removed',
    happened: 'The password of your account was removed. Passkeys and linked providers still sign in.',
    otherwise: `If you did not remove it, ${resetAdvice(info)}`,
  });
