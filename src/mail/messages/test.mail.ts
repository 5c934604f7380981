import { mailContent, utcTime, type MailContent, type MailGreeting } from '../mail-content.js';

/** What `cli -- mail test` sends. */
export function testMail({ at, ...greeting }: MailGreeting & { at: Date }): MailContent {
  return mailContent(`Test mail from ${greeting.appName}`, greeting, [
    `An operator sent this mail at ${utcTime(at)} to test the mail settings. They work.`,
  ]);
}
