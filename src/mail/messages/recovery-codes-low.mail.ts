import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';
import { codesLeft } from './recovery-codes-left.js';

export const recoveryCodesLowMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'You have few recovery codes left',
    happened: `${codesLeft(info)} Create new ones on your account page before you need them.`,
    otherwise: `If you did not use the others, ${resetAdvice(info)}`,
  });
