import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const identityLinkedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: `A sign-in by ${info.details.provider} was linked`,
    happened: `Your account at ${info.details.provider} can now sign in to your account here.`,
    otherwise: 'If you did not link it, unlink it on your account page and change your password.',
  });
