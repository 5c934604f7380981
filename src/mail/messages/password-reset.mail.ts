import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const passwordResetMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your password was reset',
    happened:
      'The password of your account was reset by a link sent to your email address. Every device was signed out.',
    otherwise: `If you did not reset it, someone else can read your mail: secure your mailbox first, then ${resetAdvice(info)}`,
  });
