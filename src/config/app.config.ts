import { EXAMPLE_SECRET, envSchema, SETTING_NAMES, type Env } from './env.schema.js';
import { frontendUrlOf, mailProblems, toMail } from './mail-settings.js';
import { replaceSecretFiles } from './secret-files.js';
import { conflictingUriOptions } from './mongodb-uri.js';
import { StartupError } from './startup-error.js';
import { toPasskeys } from './passkey-settings.js';

/** Injection token of the frozen AppConfig. */
export const APP_CONFIG = Symbol('APP_CONFIG');

export type AppConfig = Readonly<ReturnType<typeof toConfig>>;

/** Invalid settings that stop the start: one line each, without values. */
export class ConfigError extends StartupError {
  constructor(readonly problems: string[]) {
    super(`Invalid configuration:\n${problems.map((line) => `  ${line}`).join('\n')}`);
  }
}

/**
 * Validates the environment and returns the configuration of the app.
 * @throws {ConfigError} with one line per invalid setting
 */
export function loadConfig(variables: NodeJS.ProcessEnv): AppConfig {
  const environment = { ...variables };
  const unreadable = replaceSecretFiles(environment);
  if (unreadable.length > 0) throw new ConfigError(unreadable);
  // Many deployment tools set an empty variable for "not set".
  const given = SETTING_NAMES.filter((name) => environment[name]);
  const textOf = (names: string[]) => Object.fromEntries(names.map((name) => [name, environment[name]]));
  const parsed = envSchema.safeParse(textOf(given));
  if (!parsed.success) {
    const { issues } = parsed.error;
    const wrong = issues.map(({ path }) => String(path[0]));
    const usable = envSchema.partial().parse(textOf(given.filter((name) => !wrong.includes(name))));
    // Contradictions with an invalid setting are reported once it is valid.
    const more = crossFieldProblems(usable).filter((line) => !wrong.some((name) => line.includes(name)));
    throw new ConfigError([...issues.map(({ message }, i) => problem(wrong[i]!, message, environment)), ...more]);
  }
  const problems = crossFieldProblems(parsed.data);
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(toConfig(parsed.data));
}

function problem(name: string, accepts: string, environment: NodeJS.ProcessEnv): string {
  return environment[name] ? `${name} must be ${accepts}` : `${name} is required: ${accepts}`;
}

function crossFieldProblems(env: Partial<Env>): string[] {
  const problems: string[] = [];
  const production = env.NODE_ENV === 'production';
  if (production && env.SESSION_SECRETS?.includes(EXAMPLE_SECRET)) {
    problems.push('SESSION_SECRETS must not hold the value of .env.example in production');
  }
  for (const option of conflictingUriOptions(env.MONGODB_URI ?? '')) {
    problems.push(`MONGODB_URI must not set ${option}: it would break what the app promises about sessions`);
  }
  if (env.SESSION_STORE === 'redis' && env.REDIS_URL === undefined) {
    problems.push('REDIS_URL is required with SESSION_STORE=redis: a redis:// or rediss:// URL');
  }
  if (production && env.BCRYPT_COST! < 10) problems.push('BCRYPT_COST must be at least 10 in production');
  if (env.COOKIE_SAMESITE === 'none' && !(env.COOKIE_SECURE ?? production)) {
    problems.push('COOKIE_SAMESITE may be none only with COOKIE_SECURE=true: browsers drop such a cookie otherwise');
  }
  if (env.METRICS_PORT !== null && env.METRICS_PORT !== 0 && env.METRICS_PORT === env.PORT) {
    problems.push('METRICS_PORT must differ from PORT');
  }
  return [...problems, ...providerProblems(env, env.COOKIE_SECURE ?? production), ...mailProblems(env)];
}

function providerProblems(env: Partial<Env>, secureCookies: boolean): string[] {
  const problems: string[] = [];
  const { PUBLIC_URL, OIDC_PROVIDERS, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env;
  if (!GITHUB_CLIENT_ID !== !GITHUB_CLIENT_SECRET) {
    problems.push('GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET must be set together');
  }
  if (!PUBLIC_URL && (OIDC_PROVIDERS?.length || GITHUB_CLIENT_ID)) {
    problems.push('PUBLIC_URL is required where a provider is set: the origin that providers send browsers back to');
  }
  if (PUBLIC_URL?.startsWith('http:') && secureCookies) {
    problems.push('PUBLIC_URL must be https where cookies are Secure');
  }
  return problems;
}

function toConfig(env: Env) {
  const production = env.NODE_ENV === 'production';
  return {
    production,
    host: env.HOST,
    port: env.PORT,
    mongodbUri: env.MONGODB_URI,
    /** The Redis server that stores the sessions; null: MongoDB stores them. */
    redis: env.SESSION_STORE === 'redis' ? { url: env.REDIS_URL!, prefix: env.SESSION_REDIS_PREFIX } : null,
    session: {
      secrets: env.SESSION_SECRETS,
      long: { idleMs: env.SESSION_IDLE_TIMEOUT, absoluteMs: env.SESSION_ABSOLUTE_TIMEOUT },
      short: { idleMs: env.SESSION_SHORT_IDLE_TIMEOUT, absoluteMs: env.SESSION_SHORT_ABSOLUTE_TIMEOUT },
      touchIntervalMs: env.SESSION_TOUCH_INTERVAL,
      maxPerUser: env.SESSION_MAX_PER_USER,
      capPolicy: env.SESSION_CAP_POLICY,
      recentLoginMs: env.RECENT_LOGIN_WINDOW,
    },
    cookie: { secure: env.COOKIE_SECURE ?? production, sameSite: env.COOKIE_SAMESITE },
    allowedOrigins: env.ALLOWED_ORIGINS,
    trustProxy: env.TRUST_PROXY,
    providers: toProviders(env),
    appName: env.APP_NAME,
    /** The start of links in mails, without a trailing slash. */
    frontendUrl: frontendUrlOf(env),
    mail: toMail(env),
    /** false in CLI commands, which exit before a job would complete. */
    deliversOutbox: true,
    securityNotices: env.SECURITY_NOTICES === 'on',
    email: {
      verificationRequired: env.EMAIL_VERIFICATION === 'required',
      codeLifetimeMs: env.EMAIL_CODE_LIFETIME,
      changeUndoMs: env.EMAIL_CHANGE_UNDO,
    },
    passwordReset: { lifetimeMs: env.PASSWORD_RESET_LIFETIME },
    passkeys: toPasskeys(env),
    password: { bcryptCost: env.BCRYPT_COST, minLength: env.PASSWORD_MIN_LENGTH, peppers: env.PASSWORD_PEPPERS },
    secondFactor: env.SECOND_FACTOR,
    /** Keys that encrypt secrets at rest, newest first; empty if DATA_KEYS is not set. */
    dataKeys: env.DATA_KEYS,
    hashMaxWaitMs: env.HASH_MAX_WAIT,
    keepAliveMs: env.KEEP_ALIVE_TIMEOUT,
    maxConnections: env.MAX_CONNECTIONS,
    limits: {
      loginPerIp: env.LOGIN_RATE_PER_IP,
      signupPerIp: env.SIGNUP_RATE_PER_IP,
      postPerUser: env.POST_RATE_PER_USER,
      freeFailures: env.LOGIN_FREE_FAILURES,
      maxDelayMs: env.LOGIN_MAX_DELAY,
      mailPerIp: env.MAIL_RATE_PER_IP,
      mailPerRecipient: env.MAIL_RATE_PER_RECIPIENT,
    },
    auditRetentionMs: env.AUDIT_RETENTION,
    bodyLimitBytes: env.BODY_LIMIT,
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT,
    docsEnabled: env.DOCS_ENABLED ?? !production,
    shutdownGraceMs: env.SHUTDOWN_GRACE,
  };
}

/** Providers that may sign users in; none by default. */
function toProviders(env: Env) {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret, GITHUB_URL: issuer } = env;
  const github = clientId && clientSecret ? { name: 'github', issuer, clientId, clientSecret } : undefined;
  return { publicUrl: env.PUBLIC_URL ?? '', oidc: env.OIDC_PROVIDERS, github };
}
