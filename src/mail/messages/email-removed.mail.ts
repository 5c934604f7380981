import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const emailRemovedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your email address was removed',
    happened: `The email address ${info.details.oldEmail} was removed from your account. A lost password can no longer be reset by mail.`,
    otherwise: `If you did not remove it, undo the change by the link sent to that address, or ask the operator of ${info.appName} for help.`,
  });
