import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const passkeyAddedMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'A passkey was added',
    happened: `The passkey "${info.details.passkeyName}" was added to your account and can sign in to it.`,
    otherwise: 'If you did not add it, remove it on your account page and change your password.',
  });
