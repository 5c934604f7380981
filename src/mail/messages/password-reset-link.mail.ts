import { mailContent, utcTime, type MailContent, type MailGreeting } from '../mail-content.js';
import { resetReason } from './reset-reason.js';

interface ResetLink extends MailGreeting {
  link: string;
  expiresAt: Date;
  /** Whether a code or a passkey is needed in addition to the link. */
  secondFactor?: boolean;
  /** Whether the user undid a change of the email address. The undo disables the password. */
  afterUndo?: boolean;
}

export function passwordResetLinkMail({
  link,
  expiresAt,
  secondFactor,
  afterUndo,
  ...greeting
}: ResetLink): MailContent {
  return mailContent(`Reset your password for ${greeting.appName}`, greeting, [
    `${resetReason(afterUndo)}${afterUndo ? ' Your old password no longer works.' : ''} Open this link to choose a new one:`,
    { link },
    `It works once, until ${utcTime(expiresAt)}, and signs out every device.`,
    ...(secondFactor ? ['You will also be asked for your second factor or a recovery code.'] : []),
    afterUndo
      ? 'If the link has expired, ask for another one on the sign-in page.'
      : 'If you did not ask for it, ignore this mail: your password stays as it is.',
  ]);
}
