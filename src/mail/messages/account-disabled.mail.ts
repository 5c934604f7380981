import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const accountDisabledMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your account was disabled',
    happened: 'Your account was disabled, and every device was signed out.',
    otherwise: `Ask the operator of ${info.appName} if you do not know why.`,
  });
