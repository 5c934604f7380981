import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const emailChangedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your email address was changed',
    happened: `The email address of your account was changed from ${info.details.oldEmail ?? 'none'} to ${info.details.newEmail}.`,
    otherwise: `If you did not change it, undo the change by the link sent to the old address, or ask the operator of ${info.appName} for help.`,
  });
