import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const emailChangeUndoneMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'The change of your email address was undone',
    happened:
      'The change of your email address was undone. Every device was signed out, and the password must be set anew.',
    otherwise: `If you did not undo it, someone else can read your mail: secure your mailbox first, then ${resetAdvice(info)}`,
  });
