import type { MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';
import { noticeMail } from './notice.mail.js';

export const passkeyCounterFellMail = (info: NoticeInfo): MailContent =>
  noticeMail(info, {
    subject: 'A passkey may have been copied',
    happened: `A sign-in with the passkey "${info.details.passkeyName}" was rejected because its counter went back: the passkey may have been copied.`,
    otherwise: 'Remove the passkey on your account page and create a new one.',
  });
