import { mailContent, type MailContent, type MailGreeting } from '../mail-content.js';
import { resetReason } from './reset-reason.js';

interface WaysToSignIn extends MailGreeting {
  /** Readable names, such as `google`, `a passkey`. */
  ways: string[];
  /** As for a reset link. */
  afterUndo?: boolean;
}

/** For an account without a password: has no link, since a mailbox alone must not be enough to set one. */
export function passwordlessResetMail({ ways, afterUndo, ...greeting }: WaysToSignIn): MailContent {
  return mailContent(`Sign in to ${greeting.appName}`, greeting, [
    `${resetReason(afterUndo)} Your account has no password.`,
    ...(ways.length > 0 ? [`You sign in with: ${ways.join(', ')}.`] : []),
    ...(afterUndo ? [] : ['If you did not ask for it, ignore this mail.']),
  ]);
}
