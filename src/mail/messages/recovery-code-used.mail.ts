import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';
import { codesLeft } from './recovery-codes-left.js';

export const recoveryCodeUsedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'A recovery code was used',
    happened: `A recovery code of your account was used. ${codesLeft(info)}`,
    otherwise: `If you did not use it, ${resetAdvice(info)}`,
  });
