import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MailTransport, OutgoingMail } from '../mail.transport.js';

/** A mail as it is stored and returned by `GET /dev/mail`. */
export interface KeptMail {
  id: string;
  /** ISO 8601 */
  at: string;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
}

/** The oldest mails beyond this number are deleted. */
const MOST_MAILS = 500;
const FILE = /^\d{13}-\d{4}-[0-9a-f-]{36}\.json$/;

/** The mailbox of `npm start`: a folder with one JSON file per mail. File names sort in the order of arrival. */
export class Mailbox implements MailTransport {
  private sequence = 0;

  constructor(private readonly folder: string) {}

  async send({ to, from, subject, text, html }: OutgoingMail): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const id = randomUUID();
    const at = new Date();
    const mail: KeptMail = { id, at: at.toISOString(), to, from: from.address, subject, text, html };
    const order = `${at.getTime()}-${String((this.sequence = (this.sequence + 1) % 10_000)).padStart(4, '0')}`;
    const file = join(this.folder, `${order}-${id}.json`);
    // Renamed when complete, so that readers never see half of a mail.
    await writeFile(`${file}.draft`, JSON.stringify(mail), { mode: 0o600 });
    await rename(`${file}.draft`, file);
    await this.removeOldest();
  }

  /** Nothing to connect to. */
  async verify(): Promise<void> {}

  /** Newest first. @param to only mails to this address, in any case of its letters */
  async list(to?: string): Promise<KeptMail[]> {
    const texts = await Promise.all((await this.files()).map((name) => readIfThere(join(this.folder, name))));
    const mails = texts.flatMap((text) => (text === undefined ? [] : [JSON.parse(text) as KeptMail]));
    return mails.filter((mail) => to === undefined || mail.to.toLowerCase() === to.toLowerCase()).toReversed();
  }

  async clear(): Promise<void> {
    await Promise.all((await this.files()).map((name) => rm(join(this.folder, name), { force: true })));
  }

  private async files(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => []);
    return names.filter((name) => FILE.test(name)).sort();
  }

  private async removeOldest(): Promise<void> {
    const oldest = (await this.files()).slice(0, -MOST_MAILS);
    await Promise.all(oldest.map((name) => rm(join(this.folder, name), { force: true })));
  }
}

const readIfThere = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);
