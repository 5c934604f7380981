import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const secondFactorFailedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Someone entered wrong codes after your password',
    happened: 'Your password was entered correctly, and then the second factor was wrong three times.',
    otherwise: `If this was not you, someone else knows your password: ${resetAdvice(info)}`,
  });
