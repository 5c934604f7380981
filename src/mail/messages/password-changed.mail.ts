import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const passwordChangedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your password was changed',
    happened: 'The password of your account was changed.',
    otherwise: `If you did not change it, ${resetAdvice(info)}`,
  });
