import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const emailChangeRequestedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your email address is about to change',
    happened: `A change of your email address to ${info.details.newEmail} was requested. Your current address stays in force until the new one is verified.`,
    otherwise: `If you did not request it, someone else is signed in to your account: ${resetAdvice(info)}`,
  });
