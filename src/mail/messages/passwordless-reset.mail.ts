import { mailContent, type MailContent, type MailGreeting } from '../mail-content.js';

interface WaysToSignIn extends MailGreeting {
  /** Readable names, such as `google`, `a passkey`. */
  ways: string[];
}

/** For an account without a password: has no link, since a mailbox alone must not be enough to set one. */
export function passwordlessResetMail({ ways, ...greeting }: WaysToSignIn): MailContent {
  return mailContent(`Sign in to ${greeting.appName}`, greeting, [
    'Someone, hopefully you, asked to reset the password of your account. Your account has no password.',
    ...(ways.length > 0 ? [`You sign in with: ${ways.join(', ')}.`] : []),
    'If you did not ask for it, ignore this mail.',
  ]);
}
