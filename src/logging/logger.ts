import type { LoggerService } from '@nestjs/common';
import {
  destination as openDestination,
  pino,
  stdTimeFunctions,
  type DestinationStream,
  type Level,
  type Logger,
} from 'pino';
import type { AppConfig } from '../config/app.config.js';

/** Injection token of the pino logger. */
export const LOGGER = Symbol('LOGGER');

/** Keys that never reach a log line, at any depth up to the limit below. */
const SECRET_KEYS = [
  'password',
  'currentPassword',
  'newPassword',
  'passwordHash',
  'cookie',
  '["set-cookie"]',
  'authorization',
  'secret',
  'sessionID',
  'sid',
  'device',
  'token',
];
/** Paths to redact, up to three keys deep. Redaction is the second line of defence: call sites choose what they log. */
const REDACTED = SECRET_KEYS.flatMap((key) => {
  const step = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${step}`, `*.*${step}`];
});

const MAX_CAUSES = 5;
/** Bytes of lines that may wait for a slow stdout; further lines are dropped until there is room. */
const MAX_WAITING = 1024 * 1024;

/** Only type, message, stack and causes, because errors of the driver contain the documents on which they failed. */
function describeError(error: unknown, causes = MAX_CAUSES): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name: type, message, stack, cause } = error;
  return {
    type,
    message,
    stack,
    ...(cause !== undefined && causes > 0 && { cause: describeError(cause, causes - 1) }),
  };
}

/** JSON lines on stdout: ISO-8601 UTC time, level, message, and what the caller adds. */
export function createLogger({ logLevel }: Pick<AppConfig, 'logLevel'>, destination?: DestinationStream): Logger {
  const options = {
    level: logLevel,
    base: undefined,
    messageKey: 'message',
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: REDACTED, censor: '[redacted]' },
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return pino(options, destination ?? bufferedStdout());
}

/**
 * Buffers lines up to one page or a tenth of a second, because a write per line costs more than the rest of logging it. The
 * buffer is flushed at exit and after a fatal line. A full disk costs lines, never a response; pino handles a closed pipe.
 */
function bufferedStdout(): DestinationStream {
  const stdout = openDestination({
    dest: 1,
    sync: true,
    minLength: 4096,
    maxLength: MAX_WAITING,
    periodicFlush: 100,
  });
  stdout.on('error', () => undefined);
  // pino's own retry never gives up on a full disk.
  stdout.flushSync = () => stdout.flush();
  process.once('exit', () => stdout.flushSync());
  return stdout;
}

/** Logged as debug: every module and route at each start, and errors of `listen`, which the caller explains later. */
const QUIET_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/**
 * Writes Nest's `Logger` through pino: `logger.log({event: …}, 'message')` or `logger.log('message')`. Not nestjs-pino, whose
 * request log (pino-http) writes whole headers and URLs; request-log.middleware.ts has a closed list of fields.
 */
export class NestLogger implements LoggerService {
  readonly log = this.writer('info');
  readonly error = this.writer('error');
  readonly warn = this.writer('warn');
  readonly debug = this.writer('debug');
  readonly verbose = this.writer('trace');
  readonly fatal = this.writer('fatal');

  constructor(private readonly logger: Logger) {}

  private writer(level: Level) {
    return (message: string | object, ...rest: unknown[]): void => {
      // Nest appends the context's name; the stack of an error may precede it.
      const context = rest.length > 0 ? String(rest.at(-1)) : undefined;
      const extra = rest.slice(0, -1).map(String);
      const write = QUIET_CONTEXTS.has(context ?? '') && (level === 'info' || level === 'error') ? 'debug' : level;
      if (typeof message === 'object') this.logger[write]({ ...message, context }, extra.join(' '));
      else this.logger[write]({ context }, [message, ...extra].join(' '));
    };
  }
}
