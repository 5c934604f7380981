import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail, resetAdvice } from './notice.mail.js';

export const newDeviceMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Sign-in from a new device',
    happened: 'Your account was signed in to from a device that it has not been used on before.',
    otherwise: `If this was not you, ${resetAdvice(info)}`,
  });
