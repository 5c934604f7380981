import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const secondFactorResetMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your second factor was removed',
    happened: 'The second factor of your account was removed. Signing in no longer takes a code.',
    otherwise: `If you did not ask for it, ask the operator of ${info.appName} for help.`,
  });
