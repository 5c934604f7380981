import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const recoveryCodesRenewedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your recovery codes were renewed',
    happened: 'New recovery codes were created for your account. The old ones no longer work.',
    otherwise: `If you did not create them, ${resetAdvice(info)}`,
  });
