import { isLoopback } from '../net/ip-address.js';
import type { Env } from './env.schema.js';

/** The destination of mails: an SMTP server, or the folder that `npm start` uses as a mailbox. */
export type MailServer = SmtpServer | { mailbox: string };

export interface SmtpServer {
  host: string;
  port: number;
  /** TLS from the first byte (`smtps://`); otherwise STARTTLS. */
  secure: boolean;
  /** The server runs on this machine: TLS is not required. */
  loopback: boolean;
  auth?: { user: string; pass: string };
}

export interface Mailbox {
  /** Empty if the setting has only an address. */
  name: string;
  address: string;
}

/** The MAIL_URL of `npm start` if none is set; rejected in production. */
export const DEVELOPMENT_MAILBOX = 'mailbox:.data/mail';

const SUBMISSION_PORT = 587;
const SMTPS_PORT = 465;
const ADDRESS = /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;
/** Excludes characters that end a header or a quoted name, because with them the setting could add headers. */
const NAMED = /^([^<>"\p{Cc}]*)<([^<>]+)>$/u;

export function parseMailUrl(text: string): MailServer | undefined {
  const [, mailbox] = /^mailbox:(.+)$/.exec(text) ?? [];
  if (mailbox) return { mailbox };
  if (!/^smtps?:\/\//.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, hostname: host, port, username, password, pathname, search, hash } = new URL(text);
  if (host === '' || pathname + search + hash !== '' || !username !== !password) return undefined;
  const [user, pass] = [username, password].map(decoded);
  if (user === undefined || pass === undefined) return undefined;
  const secure = protocol === 'smtps:';
  const server = { host: host.replace(/^\[|\]$/g, ''), secure, loopback: isLoopback(host) };
  return {
    ...server,
    port: Number(port) || (secure ? SMTPS_PORT : SUBMISSION_PORT),
    ...(user && { auth: { user, pass } }),
  };
}

/** `app@example.com` or `Example <app@example.com>`. */
export function parseMailFrom(text: string): Mailbox | undefined {
  const [, name = '', address = text] = NAMED.exec(text) ?? [];
  return ADDRESS.test(address) && address.length <= 254 ? { name: name.trim(), address } : undefined;
}

/** A URL to which paths are appended: no query, no fragment, no trailing slash. */
export function parseFrontendUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, username, password, search, hash, href } = new URL(text);
  const usable = /^https?:$/.test(protocol) && username + password + search + hash === '' && !/[?#]/.test(text);
  return usable ? href.replace(/\/+$/, '') : undefined;
}

/** The app's name in mails, authenticator apps and browser prompts. */
export function parseAppName(text: string): string | undefined {
  return /^[^<>"\p{Cc}\p{Cf}]{1,64}$/u.test(text) ? text : undefined;
}

export function mailProblems(env: Partial<Env>): string[] {
  const problems: string[] = [];
  const { NODE_ENV, MAIL_URL, MAIL_FROM, EMAIL_VERIFICATION } = env;
  if (!MAIL_URL) {
    return EMAIL_VERIFICATION === 'required' ? ['EMAIL_VERIFICATION may be required only with MAIL_URL'] : [];
  }
  if ('mailbox' in MAIL_URL && NODE_ENV === 'production') {
    problems.push('MAIL_URL must be an smtp:// or smtps:// URL in production');
  }
  if (!MAIL_FROM) problems.push('MAIL_FROM is required with MAIL_URL: the email address that mails come from');
  if (!frontendUrlOf(env)) {
    problems.push('FRONTEND_URL or PUBLIC_URL is required with MAIL_URL: the links in mails start with it');
  }
  return problems;
}

/** @returns null if mail is off */
export function toMail({ MAIL_URL: server, MAIL_FROM, APP_NAME }: Env): { server: MailServer; from: Mailbox } | null {
  if (!server || !MAIL_FROM) return null;
  return { server, from: { ...MAIL_FROM, name: MAIL_FROM.name || APP_NAME } };
}

/** @returns an empty string if neither setting names a frontend */
export function frontendUrlOf({ FRONTEND_URL, PUBLIC_URL, NODE_ENV, PORT }: Partial<Env>): string {
  const local = NODE_ENV === 'development' && PORT !== undefined ? `http://localhost:${PORT}` : '';
  return FRONTEND_URL ?? PUBLIC_URL ?? local;
}

/** @returns undefined for invalid percent-encoding, which is a typing error */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
