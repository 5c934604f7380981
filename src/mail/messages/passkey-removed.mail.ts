import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const passkeyRemovedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'A passkey was removed',
    happened: `The passkey "${info.details.passkeyName}" was removed from your account and can no longer sign in.`,
    otherwise: `If you did not remove it, ${resetAdvice(info)}`,
  });
