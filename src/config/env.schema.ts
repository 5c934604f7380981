import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { isLoopback } from '../net/ip-address.js';
import { parseDuration, parseRate, parseSize } from './units.js';
import { parseAppName, parseFrontendUrl, parseMailFrom, parseMailUrl } from './mail-settings.js';
import { parsePasskeyOrigins, parseRpId } from './passkey-settings.js';

/** The value of SESSION_SECRETS in `.env.example`. It is public, so production rejects it. */
export const EXAMPLE_SECRET = 'change-me-change-me-change-me-change-me';

const LONGEST_WAIT_MS = 3_600_000;

/** A setting that `parse` converts from text; the error message says what it `accepts`. */
function setting<T>(accepts: string, parse: (text: string) => T | undefined) {
  return z.string({ error: accepts }).transform((text, context): T => {
    const value = parse(text.trim());
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: accepts });
    return z.NEVER;
  });
}

const duration = () => setting('a duration such as 90s, 15m, 12h or 7d', parseDuration);
/** A duration for a timer: Node's timers fire at once if they last longer than 24.8 days. */
const wait = () =>
  setting('a duration of at most 1h, such as 90s or 15m', (text) => {
    const milliseconds = parseDuration(text);
    return milliseconds !== undefined && milliseconds <= LONGEST_WAIT_MS ? milliseconds : undefined;
  });
const rate = () => setting('attempts per window, such as 30/1m', parseRate);
const choice = <const T extends string>(...names: T[]) =>
  setting(`one of ${names.join(', ')}`, (text) => names.find((name) => name === text));
const flag = () => setting('true or false', (text) => (text === 'true' ? true : text === 'false' ? false : undefined));
const whole = (min: number, max: number) =>
  setting(`a whole number from ${min} to ${max}`, (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
const list = (text: string) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const mongodbUri = setting('a mongodb:// or mongodb+srv:// address that the driver can read', (text) =>
  isMongoAddress(text) ? text : undefined,
);
const redisUrl = setting('a redis:// or rediss:// address', (text) => (isRedisAddress(text) ? text : undefined));
const redisPrefix = setting('up to 64 characters without spaces', (text) =>
  /^\S{1,64}$/.test(text) ? text : undefined,
);
const secrets = setting('a comma list of secrets of at least 32 characters each, newest first', (text) => {
  const all = list(text);
  return all.length > 0 && all.every((secret) => secret.length >= 32) ? all : undefined;
});
const origins = setting(
  'a comma list of exact origins, such as https://app.example.com or capacitor://localhost',
  (text) => {
    const all = list(text);
    return all.every((item) => isOrigin(item) || isAppOrigin(item)) ? all : undefined;
  },
);
/** Keys that can be rotated: protected data store the id of their key. */
const namedSecrets = setting('a comma list of id:secret, secrets of at least 32 characters, newest first', (text) => {
  const all = list(text).map((item) => /^([A-Za-z0-9_-]{1,32}):(.{32,})$/.exec(item));
  const ids = all.map((match) => match?.[1]);
  if (ids.includes(undefined) || new Set(ids).size !== ids.length) return undefined;
  return all.map((match) => ({ id: match![1]!, secret: match![2]! }));
});
const origin = setting('an origin, such as https://app.example.com', (text) => (isOrigin(text) ? text : undefined));
const providers = setting(
  'a comma list of providers, each as: name, issuer, client id and client secret with spaces between them; ' +
    'names of a-z, 0-9 and -, other than providers, methods, token and github; issuers by https',
  (text) => {
    const all = list(text).map(parseProvider);
    const names = all.map((provider) => provider?.name);
    return names.includes(undefined) || new Set(names).size !== names.length ? undefined : (all as ProviderSettings[]);
  },
);
const providerAddress = setting('an https address without a path, such as https://github.com', (text) =>
  isProviderAddress(text) && isOrigin(text) ? text : undefined,
);
const word = setting('one word', (text) => (/^\S+$/.test(text) ? text : undefined));
const mailUrl = setting(
  'an smtp:// or smtps:// URL, with user and password where the server asks for them',
  parseMailUrl,
);
const mailFrom = setting('an email address, or Name <email address>', parseMailFrom);
const frontendUrl = setting('an http:// or https:// URL without query and fragment', parseFrontendUrl);
const appName = setting('1 to 64 characters, without < > and "', parseAppName);
const rpId = setting('a domain without a scheme or port, such as example.com', parseRpId);
const passkeyOrigins = setting(
  'a comma list of exact origins, such as https://app.example.com or android:apk-key-hash:…',
  parsePasskeyOrigins,
);
const metricsPort = setting('off, or a port from 0 to 65535', (text) => {
  if (text === 'off') return null;
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : undefined;
});

/** A web origin as browsers send it. Rejects wildcards, which would never match. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && !text.includes('*') && URL.canParse(text) && new URL(text).origin === text;
}

/**
 * The origin of an app's web view, such as `capacitor://localhost` or `app://-`. `URL.origin` is `null` for these
 * schemes, so the check is that the text has a scheme, a host and nothing else. `file://` is not the origin of a single app.
 */
function isAppOrigin(text: string): boolean {
  return /^(?!https?:|wss?:|ftp:|file:)[a-z][a-z0-9+.-]*:\/\/[^*]+$/.test(text) && isSchemeAndHost(text);
}

function isSchemeAndHost(text: string): boolean {
  return (
    URL.canParse(text) && new URL(text).href === text && `${new URL(text).protocol}//${new URL(text).host}` === text
  );
}

/** The registration of this app at a provider. */
export interface ProviderSettings {
  /** Used in URLs and stored in identities, so it must not be given to another issuer. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** `/auth/providers`, `/auth/methods` and `/auth/token` are routes, and GitHub has settings of its own. */
const RESERVED = ['providers', 'methods', 'token', 'github'];

function parseProvider(text: string): ProviderSettings | undefined {
  const [name = '', issuer = '', clientId, clientSecret, ...rest] = text.split(/\s+/);
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name) || RESERVED.includes(name)) return undefined;
  if (!isProviderAddress(issuer) || !clientId || !clientSecret || rest.length > 0) return undefined;
  return { name, issuer, clientId, clientSecret };
}

/** Secrets are sent there, so HTTPS is required, except on this machine. */
function isProviderAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  const safe = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return safe && username + password + search + hash === '';
}

/** Lets the driver parse it now, so that start-up fails with a line that names the setting instead of a stack. */
function isMongoAddress(text: string): boolean {
  try {
    return new MongoClient(text) instanceof MongoClient;
  } catch {
    return false;
  }
}

/** Parsed like the client does: the path is a database number. */
function isRedisAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return /^rediss?:$/.test(protocol) && hostname !== '' && /^(\/\d*)?$/.test(pathname);
}

/**
 * Every setting: its name in the environment, what it accepts and its default, written as in the environment. A test
 * compares this list with `.env.example` and docs/operations.md.
 */
export const envSchema = z.object({
  NODE_ENV: choice('development', 'production', 'test').prefault('production'),
  HOST: setting('a host name or address', (text) => text || undefined).prefault('127.0.0.1'),
  PORT: whole(0, 65535).prefault('3000'),
  MONGODB_URI: mongodbUri,
  REDIS_URL: redisUrl.optional(),
  SESSION_STORE: choice('mongodb', 'redis').prefault('mongodb'),
  SESSION_REDIS_PREFIX: redisPrefix.prefault('session:'),
  SESSION_SECRETS: secrets,
  SESSION_IDLE_TIMEOUT: duration().prefault('7d'),
  SESSION_ABSOLUTE_TIMEOUT: duration().prefault('30d'),
  SESSION_SHORT_IDLE_TIMEOUT: duration().prefault('2h'),
  SESSION_SHORT_ABSOLUTE_TIMEOUT: duration().prefault('24h'),
  SESSION_TOUCH_INTERVAL: duration().prefault('60s'),
  SESSION_MAX_PER_USER: whole(1, 1000).prefault('20'),
  SESSION_CAP_POLICY: choice('evict_oldest', 'refuse').prefault('evict_oldest'),
  RECENT_LOGIN_WINDOW: duration().prefault('5m'),
  COOKIE_SAMESITE: choice('lax', 'strict', 'none').prefault('lax'),
  COOKIE_SECURE: flag().optional(),
  ALLOWED_ORIGINS: origins.prefault(''),
  TRUST_PROXY: whole(0, 32).prefault('0'),
  PUBLIC_URL: origin.optional(),
  OIDC_PROVIDERS: providers.prefault(''),
  GITHUB_CLIENT_ID: word.optional(),
  GITHUB_CLIENT_SECRET: word.optional(),
  GITHUB_URL: providerAddress.prefault('https://github.com'),
  APP_NAME: appName.prefault('Session Auth'),
  FRONTEND_URL: frontendUrl.optional(),
  MAIL_URL: mailUrl.optional(),
  MAIL_FROM: mailFrom.optional(),
  EMAIL_VERIFICATION: choice('optional', 'required').prefault('optional'),
  EMAIL_CODE_LIFETIME: duration().prefault('24h'),
  PASSWORD_RESET_LIFETIME: duration().prefault('30m'),
  EMAIL_CHANGE_UNDO: duration().prefault('72h'),
  MAIL_RATE_PER_IP: rate().prefault('20/1h'),
  MAIL_RATE_PER_RECIPIENT: rate().prefault('3/15m'),
  SECURITY_NOTICES: choice('on', 'off').prefault('on'),
  PASSKEY_RP_ID: rpId.optional(),
  PASSKEY_ORIGINS: passkeyOrigins.optional(),
  BCRYPT_COST: whole(4, 20).prefault('12'),
  PASSWORD_MIN_LENGTH: whole(8, 64).prefault('8'),
  PASSWORD_PEPPERS: namedSecrets.prefault(''),
  SECOND_FACTOR: choice('off', 'optional', 'required').prefault('optional'),
  DATA_KEYS: namedSecrets.prefault(''),
  LOGIN_RATE_PER_IP: rate().prefault('30/1m'),
  SIGNUP_RATE_PER_IP: rate().prefault('20/1h'),
  POST_RATE_PER_USER: rate().prefault('60/1m'),
  LOGIN_FREE_FAILURES: whole(0, 100).prefault('5'),
  LOGIN_MAX_DELAY: duration().prefault('15m'),
  HASH_MAX_WAIT: wait().prefault('5s'),
  KEEP_ALIVE_TIMEOUT: wait().prefault('75s'),
  MAX_CONNECTIONS: whole(10, 1_000_000).prefault('5000'),
  AUDIT_RETENTION: duration().prefault('90d'),
  BODY_LIMIT: setting('a size such as 64kb or 1mb', parseSize).prefault('64kb'),
  LOG_LEVEL: choice('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent').prefault('info'),
  METRICS_PORT: metricsPort.prefault('off'),
  DOCS_ENABLED: flag().optional(),
  SHUTDOWN_GRACE: wait().prefault('10s'),
});

export type Env = z.output<typeof envSchema>;
export type SettingName = keyof Env;
export const SETTING_NAMES = Object.keys(envSchema.shape) as SettingName[];
