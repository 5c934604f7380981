import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const identityUnlinkedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: `The sign-in by ${info.details.provider} was unlinked`,
    happened: `Your account at ${info.details.provider} can no longer sign in to your account here.`,
    otherwise: `If you did not unlink it, ${resetAdvice(info)}`,
  });
