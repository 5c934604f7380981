import { mailContent, utcTime, type MailBlock, type MailContent } from '../mail-content.js';
import type { NoticeInfo } from '../notice.types.js';

interface NoticeText {
  subject: string;
  /** One sentence: what happened. */
  happened: string;
  /** What to do if it was someone else. */
  otherwise: string;
}

/** How an owner takes the account back. The link opens the start page and does not sign in. */
export const resetAdvice = ({ frontendUrl }: NoticeInfo): string =>
  `open ${frontendUrl}, choose "Forgot password?" and set a new password. That signs out every device.`;

/** The frame of every notice: what, when, which device, which IP address, what to do if it was someone else. */
export function noticeMail(info: NoticeInfo, { subject, happened, otherwise }: NoticeText): MailContent {
  return mailContent(subject, info, [happened, { facts: factsOf(info) }, ...undoBlocks(info), otherwise]);
}

function factsOf({ at, device, ip, byOperator }: NoticeInfo): [string, string][] {
  const when: [string, string] = ['When', utcTime(at)];
  if (byOperator) return [when, ['By', 'an operator of the service']];
  return [when, ['Device', device], ['IP address', ip || 'unknown']];
}

function undoBlocks({ undo }: NoticeInfo): MailBlock[] {
  if (!undo) return [];
  const what = `To undo this change, open this link until ${utcTime(undo.expiresAt)} and confirm:`;
  const then = 'Undoing it restores this address, signs out every device and asks for a new password.';
  return [what, { link: undo.link }, then];
}
