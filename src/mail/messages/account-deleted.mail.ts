import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const accountDeletedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'Your account was deleted',
    happened: 'Your account and everything stored with it was deleted for good.',
    otherwise: `If you did not delete it, tell the operator of ${info.appName}.`,
  });
