import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const secondFactorEnabledMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Two-step sign-in was turned on',
    happened: 'Signing in to your account now takes a code from an authenticator app.',
    otherwise: `If you did not turn it on, someone else is signed in to your account: ask the operator of ${info.appName} for help.`,
  });
