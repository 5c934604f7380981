import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './app.config.js';
import { EXAMPLE_SECRET, SETTING_NAMES, type SettingName } from './env.schema.js';

const REQUIRED = {
  NODE_ENV: 'development',
  MONGODB_URI: 'mongodb://127.0.0.1/db',
  SESSION_SECRETS: 'a-secret-of-thirty-two-characters-and-more',
};
const PRODUCTION = { ...REQUIRED, NODE_ENV: 'production' };

function problemsOf(settings: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(settings);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
}

/** Invalid values of every setting, which must stop the start. */
const BAD: Record<SettingName, string[]> = {
  NODE_ENV: ['staging', 'Production'],
  HOST: [' '],
  PORT: ['65536', '-1', '3000x', '1e3', '0x10'],
  MONGODB_URI: ['postgres://u:geheim@h/x', 'mongodb://', 'mongodb://u:ge/heim@h/x', 'mongodb://h/x?geheim=1'],
  REDIS_URL: ['http://h', 'redis://', 'localhost:6379', 'redis://:geheim@h/sessions', 'redis://:ge/heim@h/0'],
  SESSION_STORE: ['postgres', 'Redis', 'memory'],
  SESSION_REDIS_PREFIX: ['with space', 'x'.repeat(65)],
  SESSION_SECRETS: ['geheim', `${REQUIRED.SESSION_SECRETS},geheim`, ','],
  SESSION_IDLE_TIMEOUT: ['7', '7w', '-7d', '0s', '1.5h', '7 d', '3651d', '999999999d'],
  SESSION_ABSOLUTE_TIMEOUT: ['never', '999999999d'],
  SESSION_SHORT_IDLE_TIMEOUT: ['2hours'],
  SESSION_SHORT_ABSOLUTE_TIMEOUT: ['1day'],
  SESSION_TOUCH_INTERVAL: ['60'],
  SESSION_MAX_PER_USER: ['0', '1001', 'many'],
  SESSION_CAP_POLICY: ['evict'],
  RECENT_LOGIN_WINDOW: ['5min'],
  COOKIE_SAMESITE: ['Lax', 'any'],
  COOKIE_SECURE: ['yes', '1', 'TRUE'],
  ALLOWED_ORIGINS: [
    'app.example.com',
    'https://app.example.com/',
    'https://a.example,*',
    'null',
    'https://*.example',
    'capacitor://localhost/',
    'CAPACITOR://localhost',
    'capacitor://',
    'capacitor://*',
    'capacitor://geheim@localhost',
    'ionic://localhost/path',
    'app:localhost',
    'file://',
    'file://localhost',
    'ws://app.example.com',
    'ftp://app.example.com',
  ],
  TRUST_PROXY: ['true', '33', '127.0.0.1'],
  PUBLIC_URL: [
    'capacitor://localhost',
    'app.example.com',
    'https://app.example.com/',
    'https://app.example.com/geheim',
  ],
  OIDC_PROVIDERS: [
    'google',
    'google https://accounts.google.com id',
    'google https://accounts.google.com id geheim more',
    'acme http://login.example id geheim',
    'acme https://user:pass@login.example id geheim',
    'acme https://user@login.example id geheim',
    'acme https://:pass@login.example id geheim',
    'acme https://login.example?tenant=1 id geheim',
    'acme https://login.example#top id geheim',
    'Acme https://login.example id geheim',
    'github https://github.com id geheim',
    'providers https://login.example id geheim',
    'acme https://a.example id geheim, acme https://b.example id geheim',
  ],
  GITHUB_CLIENT_ID: ['two words'],
  GITHUB_CLIENT_SECRET: ['ge heim'],
  GITHUB_URL: ['github.com', 'http://github.example', 'https://github.example/path'],
  APP_NAME: ['x'.repeat(65), 'a\nb', '<b>'],
  FRONTEND_URL: [
    'app.example.com',
    'ftp://app.example.com',
    'https://app.example.com?x=1',
    'https://u:geheim@a.example',
  ],
  MAIL_URL: [
    'smtp.example.com',
    'http://h',
    'smtp://',
    'smtp://user@h',
    'smtp://u:geheim@h/x',
    'smtp://u:%zz@h',
    'smtp://h?x',
  ],
  MAIL_FROM: ['app', 'a@b, c@d', 'A <a@b> c', '<a@b', 'a@b\r\nBcc: c@d', '"A" <a@b>', `${'x'.repeat(65)}@b.example`],
  EMAIL_VERIFICATION: ['yes'],
  EMAIL_CODE_LIFETIME: ['24'],
  PASSWORD_RESET_LIFETIME: ['0m'],
  EMAIL_CHANGE_UNDO: ['never'],
  MAIL_RATE_PER_IP: ['20'],
  MAIL_RATE_PER_RECIPIENT: ['3/15'],
  SECURITY_NOTICES: ['true'],
  PASSKEY_RP_ID: ['https://example.com', 'example.com:443', '127.0.0.1', '[::1]', 'two words', '*.example.com'],
  PASSKEY_ORIGINS: ['app.example.com', 'https://*.example.com', 'android:apk-key-hash:', 'null', ','],
  BCRYPT_COST: ['3', '21', '12.5'],
  PASSWORD_MIN_LENGTH: ['7', '65'],
  PASSWORD_PEPPERS: ['geheim', 'id:geheim', `a:${'x'.repeat(32)},a:${'y'.repeat(32)}`, `:${'x'.repeat(32)}`],
  SECOND_FACTOR: ['on', 'true'],
  DATA_KEYS: ['geheim', 'id:geheim', `a:${'x'.repeat(32)},a:${'y'.repeat(32)}`],
  LOGIN_RATE_PER_IP: ['30', '30/1', '0/1m', '30/0s', '30/1m/1m'],
  SIGNUP_RATE_PER_IP: ['lots'],
  POST_RATE_PER_USER: ['lots'],
  LOGIN_FREE_FAILURES: ['-1', '101'],
  LOGIN_MAX_DELAY: ['15'],
  HASH_MAX_WAIT: ['5000', '61m', '30d'],
  KEEP_ALIVE_TIMEOUT: ['75', '0s', '61m'],
  MAX_CONNECTIONS: ['9', '1000001', '5k', '-1'],
  AUDIT_RETENTION: ['90'],
  BODY_LIMIT: ['64', '64gb', '0kb'],
  LOG_LEVEL: ['verbose'],
  METRICS_PORT: ['on', '65536'],
  DOCS_ENABLED: ['on'],
  SHUTDOWN_GRACE: ['10', '61m', '30d'],
};

describe('loadConfig', () => {
  it('requires only a database and a secret', () => {
    expect(problemsOf({}).map((line) => line.split(' ')[0])).toEqual(['MONGODB_URI', 'SESSION_SECRETS']);
    expect(problemsOf(REQUIRED)).toEqual([]);
  });

  it('defaults to production', () => {
    const { NODE_ENV: _, ...unnamed } = REQUIRED;
    expect(loadConfig(unnamed)).toMatchObject({ production: true, cookie: { secure: true }, docsEnabled: false });
    expect(loadConfig({ ...unnamed, NODE_ENV: '' }).production).toBe(true);
    expect(problemsOf({ ...unnamed, SESSION_SECRETS: EXAMPLE_SECRET })[0]).toMatch(/^SESSION_SECRETS /);
    expect(problemsOf({ ...unnamed, BCRYPT_COST: '9' })[0]).toMatch(/^BCRYPT_COST /);
  });

  it('has the documented defaults', () => {
    const day = 86_400_000;
    expect(loadConfig(REQUIRED)).toEqual({
      production: false,
      host: '127.0.0.1',
      port: 3000,
      mongodbUri: REQUIRED.MONGODB_URI,
      redis: null,
      session: {
        secrets: [REQUIRED.SESSION_SECRETS],
        long: { idleMs: 7 * day, absoluteMs: 30 * day },
        short: { idleMs: day / 12, absoluteMs: day },
        touchIntervalMs: 60_000,
        maxPerUser: 20,
        capPolicy: 'evict_oldest',
        recentLoginMs: 300_000,
      },
      cookie: { secure: false, sameSite: 'lax' },
      allowedOrigins: [],
      trustProxy: 0,
      providers: { publicUrl: '', oidc: [], github: undefined },
      appName: 'Session Auth',
      frontendUrl: 'http://localhost:3000',
      passkeys: { rpId: 'localhost', origins: ['http://localhost:3000'] },
      mail: null,
      deliversOutbox: true,
      securityNotices: true,
      email: { verificationRequired: false, codeLifetimeMs: day, changeUndoMs: 3 * day },
      passwordReset: { lifetimeMs: 1_800_000 },
      secondFactor: 'optional',
      dataKeys: [],
      password: { bcryptCost: 12, minLength: 8, peppers: [] },
      hashMaxWaitMs: 5_000,
      keepAliveMs: 75_000,
      maxConnections: 5_000,
      limits: {
        loginPerIp: { points: 30, windowMs: 60_000 },
        signupPerIp: { points: 20, windowMs: 3_600_000 },
        postPerUser: { points: 60, windowMs: 60_000 },
        freeFailures: 5,
        maxDelayMs: 900_000,
        mailPerIp: { points: 20, windowMs: 3_600_000 },
        mailPerRecipient: { points: 3, windowMs: 900_000 },
      },
      auditRetentionMs: 90 * day,
      bodyLimitBytes: 65_536,
      logLevel: 'info',
      metricsPort: null,
      docsEnabled: true,
      shutdownGraceMs: 10_000,
    });
  });

  /** @see https://github.com/Automattic/mongoose/issues/12436 */
  it.each([
    ['readPreference', 'secondary'],
    ['readPreference', 'primaryPreferred'],
    ['readpreferencetags', 'dc:ny'],
    ['maxStalenessSeconds', '120'],
    ['readConcernLevel', 'snapshot'],
    ['readConcernLevel', 'available'],
    ['journal', 'false'],
    ['j', 'false'],
    ['promoteValues', 'false'],
    ['raw', 'true'],
  ])('rejects %s=%s in MONGODB_URI: reads would be stale, or writes not durable', (option, value) => {
    const MONGODB_URI = `mongodb://a:1,b:2/db?replicaSet=rs0&${option}=${value}`;
    expect(problemsOf({ ...REQUIRED, MONGODB_URI })).toEqual([
      `MONGODB_URI must not set ${option}: it would break what the app promises about sessions`,
    ]);
  });

  it('accepts options of MONGODB_URI that are overridden or harmless', () => {
    const query = 'retryWrites=false&w=1&readPreference=primary&readConcernLevel=majority&journal=true&appName=x';
    const MONGODB_URI = `mongodb://a/db?${query}`;
    expect(loadConfig({ ...REQUIRED, MONGODB_URI }).mongodbUri).toBe(MONGODB_URI);
  });

  it.each(SETTING_NAMES)('rejects an invalid %s in one line with its name and without its value', (name) => {
    for (const value of BAD[name]) {
      const problems = problemsOf({ ...REQUIRED, [name]: value });
      expect(problems, `${name} took ${value}`).toHaveLength(1);
      expect(problems[0]).toMatch(new RegExp(`^${name} must be .+`));
      expect(problems[0]).not.toContain('geheim');
      expect(problems[0]).not.toContain('\n');
    }
  });

  it('reports all invalid settings at once', () => {
    const problems = problemsOf({ ...REQUIRED, PORT: 'x', TRUST_PROXY: 'x', LOG_LEVEL: 'x' });
    expect(problems.map((line) => line.split(' ')[0])).toEqual(['PORT', 'TRUST_PROXY', 'LOG_LEVEL']);
  });

  it('also reports settings that contradict each other, but not because of an invalid one', () => {
    const named = (settings: NodeJS.ProcessEnv) => problemsOf(settings).map((line) => line.split(' ')[0]);
    expect(named({ ...PRODUCTION, PORT: 'x', BCRYPT_COST: '9', SESSION_SECRETS: EXAMPLE_SECRET })).toEqual([
      'PORT',
      'SESSION_SECRETS',
      'BCRYPT_COST',
    ]);
    expect(named({ ...REQUIRED, SESSION_STORE: 'redis', REDIS_URL: 'x' })).toEqual(['REDIS_URL']);
    expect(named({ ...REQUIRED, COOKIE_SAMESITE: 'none', COOKIE_SECURE: 'x' })).toEqual(['COOKIE_SECURE']);
    expect(
      named({
        ...REQUIRED,
        PUBLIC_URL: 'https://a.example',
        GITHUB_CLIENT_ID: 'id',
        GITHUB_CLIENT_SECRET: 'two words',
      }),
    ).toEqual(['GITHUB_CLIENT_SECRET']);
    expect(named({ NODE_ENV: 'production', BCRYPT_COST: '9' })).toEqual([
      'MONGODB_URI',
      'SESSION_SECRETS',
      'BCRYPT_COST',
    ]);
  });

  it('treats an empty variable as not set', () => {
    expect(loadConfig({ ...REQUIRED, PORT: '', COOKIE_SECURE: '' }).port).toBe(3000);
    expect(problemsOf({ ...REQUIRED, SESSION_SECRETS: '' })[0]).toMatch(/^SESSION_SECRETS is required/);
  });

  it('accepts durations of up to ten years', () => {
    expect(loadConfig({ ...REQUIRED, AUDIT_RETENTION: '3650d' }).auditRetentionMs).toBe(3_650 * 86_400_000);
  });

  it('keeps the order of secrets, peppers and origins, and trims them', () => {
    const [one, two] = ['1'.repeat(32), '2'.repeat(32)];
    const config = loadConfig({
      ...REQUIRED,
      SESSION_SECRETS: `${two} , ${one}`,
      PASSWORD_PEPPERS: `b:${two}, a:${one}`,
      ALLOWED_ORIGINS: 'https://b.example, http://localhost:5173',
    });
    expect(config.session.secrets).toEqual([two, one]);
    expect(config.password.peppers).toEqual([
      { id: 'b', secret: two },
      { id: 'a', secret: one },
    ]);
    expect(config.allowedOrigins).toEqual(['https://b.example', 'http://localhost:5173']);
  });

  /** @see https://github.com/c15t/c15t/issues/1012 */
  it('accepts the origins of apps, as their web views send them', () => {
    const ALLOWED_ORIGINS = 'capacitor://localhost,ionic://localhost,tauri://localhost,app://-,https://tauri.localhost';
    expect(loadConfig({ ...REQUIRED, ALLOWED_ORIGINS }).allowedOrigins).toEqual(ALLOWED_ORIGINS.split(','));
  });

  it('accepts SameSite=None only with Secure cookies', () => {
    expect(problemsOf({ ...REQUIRED, COOKIE_SAMESITE: 'none' })[0]).toMatch(/^COOKIE_SAMESITE /);
    expect(problemsOf({ ...PRODUCTION, COOKIE_SAMESITE: 'none', COOKIE_SECURE: 'false' })[0]).toMatch(
      /^COOKIE_SAMESITE /,
    );
    expect(problemsOf({ ...REQUIRED, COOKIE_SAMESITE: 'none', COOKIE_SECURE: 'true' })).toEqual([]);
    expect(problemsOf({ ...PRODUCTION, COOKIE_SAMESITE: 'none' })).toEqual([]);
  });

  it('rejects metrics on the port of the app', () => {
    expect(problemsOf({ ...REQUIRED, METRICS_PORT: '3000' })[0]).toMatch(/^METRICS_PORT /);
    expect(problemsOf({ ...REQUIRED, METRICS_PORT: '3001' })).toEqual([]);
    // Both take any that is free.
    expect(problemsOf({ ...REQUIRED, PORT: '0', METRICS_PORT: '0' })).toEqual([]);
  });

  it('requires REDIS_URL for sessions in Redis, and accepts it unused', () => {
    const inRedis = { ...REQUIRED, SESSION_STORE: 'redis' };
    expect(problemsOf(inRedis)).toEqual([expect.stringMatching(/^REDIS_URL is required with SESSION_STORE=redis/)]);
    const url = 'rediss://user:secret@redis.example:6380/1';
    expect(loadConfig({ ...inRedis, REDIS_URL: url }).redis).toEqual({ url, prefix: 'session:' });
    expect(loadConfig({ ...REQUIRED, REDIS_URL: url }).redis).toBeNull();
  });

  it('accepts a provider only with all its settings', () => {
    const [google, PUBLIC_URL] = ['google https://accounts.google.com id secret', 'http://app.example.com'];
    const GITHUB = { GITHUB_CLIENT_ID: 'id', GITHUB_CLIENT_SECRET: 'geheim' };
    expect(problemsOf({ ...REQUIRED, OIDC_PROVIDERS: google })[0]).toMatch(/^PUBLIC_URL is required/);
    expect(problemsOf({ ...REQUIRED, ...GITHUB })[0]).toMatch(/^PUBLIC_URL is required/);
    expect(problemsOf({ ...REQUIRED, PUBLIC_URL, GITHUB_CLIENT_ID: 'id' })[0]).toMatch(/^GITHUB_CLIENT_ID and /);
    expect(problemsOf({ ...REQUIRED, PUBLIC_URL, GITHUB_CLIENT_SECRET: 'geheim' })[0]).not.toContain('geheim');
    expect(problemsOf({ ...PRODUCTION, PUBLIC_URL, OIDC_PROVIDERS: google })[0]).toMatch(/^PUBLIC_URL must be https/);
    expect(loadConfig({ ...REQUIRED, ...GITHUB, PUBLIC_URL, OIDC_PROVIDERS: google }).providers).toEqual({
      publicUrl: PUBLIC_URL,
      oidc: [{ name: 'google', issuer: 'https://accounts.google.com', clientId: 'id', clientSecret: 'secret' }],
      github: { name: 'github', issuer: 'https://github.com', clientId: 'id', clientSecret: 'geheim' },
    });
  });

  it('turns mail on with a server, a sender and a URL for links', () => {
    const MAIL_URL = 'smtps://mailer%40example.com:p%3Ass@smtp.example.com';
    const [MAIL_FROM, FRONTEND_URL] = ['Example <app@example.com>', 'https://app.example.com/account/'];
    const { mail, frontendUrl } = loadConfig({ ...PRODUCTION, MAIL_URL, MAIL_FROM, FRONTEND_URL });
    expect(frontendUrl).toBe('https://app.example.com/account');
    expect(mail).toEqual({
      server: {
        host: 'smtp.example.com',
        port: 465,
        secure: true,
        loopback: false,
        auth: { user: 'mailer@example.com', pass: 'p:ss' },
      },
      from: { name: 'Example', address: 'app@example.com' },
    });
    const local = loadConfig({ ...REQUIRED, MAIL_URL: 'smtp://[::1]', MAIL_FROM: 'app@example.com' });
    expect(local.mail).toEqual({
      server: { host: '::1', port: 587, secure: false, loopback: true },
      from: { name: 'Session Auth', address: 'app@example.com' },
    });
  });

  it('accepts a mail server only with all its settings', () => {
    const mail = { MAIL_URL: 'smtp://smtp.example.com', MAIL_FROM: 'app@example.com' };
    const PUBLIC_URL = 'https://app.example.com';
    expect(problemsOf({ ...REQUIRED, ...mail, MAIL_FROM: '' })[0]).toMatch(/^MAIL_FROM is required with MAIL_URL/);
    expect(problemsOf({ ...PRODUCTION, ...mail })[0]).toMatch(/^FRONTEND_URL or PUBLIC_URL is required with MAIL_URL/);
    expect(loadConfig({ ...PRODUCTION, ...mail, PUBLIC_URL }).frontendUrl).toBe(PUBLIC_URL);
    expect(problemsOf({ ...REQUIRED, EMAIL_VERIFICATION: 'required' })[0]).toMatch(/^EMAIL_VERIFICATION /);
    expect(problemsOf({ ...REQUIRED, ...mail, EMAIL_VERIFICATION: 'required' })).toEqual([]);
    const mailbox = { ...mail, PUBLIC_URL, MAIL_URL: 'mailbox:.data/mail' };
    expect(problemsOf({ ...PRODUCTION, ...mailbox })[0]).toMatch(/^MAIL_URL must be an smtp/);
    expect(loadConfig({ ...REQUIRED, ...mailbox }).mail?.server).toEqual({ mailbox: '.data/mail' });
  });

  it('is stricter in production', () => {
    expect(loadConfig(PRODUCTION)).toMatchObject({ production: true, docsEnabled: false, cookie: { secure: true } });
    expect(problemsOf({ ...PRODUCTION, BCRYPT_COST: '9' })[0]).toMatch(/^BCRYPT_COST /);
    expect(problemsOf({ ...PRODUCTION, BCRYPT_COST: '10' })).toEqual([]);
    const withExample = `${REQUIRED.SESSION_SECRETS},${EXAMPLE_SECRET}`;
    expect(problemsOf({ ...PRODUCTION, SESSION_SECRETS: withExample })[0]).toMatch(/^SESSION_SECRETS /);
    expect(problemsOf({ ...REQUIRED, SESSION_SECRETS: withExample })).toEqual([]);
  });
});
