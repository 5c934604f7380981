import { mailContent, utcTime, type MailContent, type MailGreeting } from '../mail-content.js';

interface VerificationCode extends MailGreeting {
  /** Eight characters; shown in two groups. */
  code: string;
  /** Opens the page that the code is typed on; it verifies nothing by itself. */
  link: string;
  expiresAt: Date;
}

export function verificationCodeMail({ code, link, expiresAt, ...greeting }: VerificationCode): MailContent {
  return mailContent(`Verify your email address for ${greeting.appName}`, greeting, [
    'Your code to verify this email address:',
    { code: `${code.slice(0, 4)}-${code.slice(4)}` },
    'Type it on the account page while you are signed in, or open this link in the same browser:',
    { link },
    `The code is valid until ${utcTime(expiresAt)}.`,
    'If you did not ask for it, ignore this mail: without the code the address is not used.',
  ]);
}
