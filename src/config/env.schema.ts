import { MongoClient } from 'mongodb';
import { z } from 'zod';
import { parseSize } from './units.js';
import { parseAppName, parseFrontendUrl, parseMailFrom, parseMailUrl } from './mail-settings.js';
import { origin, origins } from './origin-settings.js';
import { parsePasskeyOrigins, parseRpId } from './passkey-settings.js';
import { providers, providerUrl } from './provider-settings.js';
import { choice, duration, flag, list, rate, setting, wait, whole } from './setting-types.js';

/** The value of SESSION_SECRETS in `.env.example`. It is public, so production rejects it. */
export const EXAMPLE_SECRET = 'change-me-change-me-change-me-change-me';

const mongodbUri = setting('a mongodb:// or mongodb+srv:// connection string that the driver can parse', (text) =>
  isMongoUri(text) ? text : undefined,
);
const redisUrl = setting('a redis:// or rediss:// URL', (text) => (isRedisUrl(text) ? text : undefined));
const redisPrefix = setting('up to 64 characters without spaces', (text) =>
  /^\S{1,64}$/.test(text) ? text : undefined,
);
const secrets = setting('a comma list of secrets of at least 32 characters each, newest first', (text) => {
  const all = list(text);
  return all.length > 0 && all.every((secret) => secret.length >= 32) ? all : undefined;
});
/** Keys that can be rotated: protected data store the id of their key. */
const namedSecrets = setting('a comma list of id:secret, secrets of at least 32 characters, newest first', (text) => {
  const all = list(text).map((item) => /^([A-Za-z0-9_-]{1,32}):(.{32,})$/.exec(item));
  const ids = all.map((match) => match?.[1]);
  if (ids.includes(undefined) || new Set(ids).size !== ids.length) return undefined;
  return all.map((match) => ({ id: match![1]!, secret: match![2]! }));
});
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

/** Lets the driver parse the URI now, so that start-up fails with a line that names the setting instead of a stack. */
function isMongoUri(text: string): boolean {
  try {
    return new MongoClient(text) instanceof MongoClient;
  } catch {
    return false;
  }
}

/** Parses the URL as the Redis client does: the path is a database number. */
function isRedisUrl(text: string): boolean {
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
  HOST: setting('a host name or IP address', (text) => text || undefined).prefault('127.0.0.1'),
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
  GITHUB_URL: providerUrl.prefault('https://github.com'),
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
