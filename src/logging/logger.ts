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

/** Keys that never reach a log line, wherever they stand in what is logged. */
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
/** Redaction is only the second line of defence: it looks this deep. What is logged is chosen where it is logged. */
const REDACTED = SECRET_KEYS.flatMap((key) => {
  const step = key.startsWith('[') ? key : `.${key}`;
  return [key, `*${step}`, `*.*${step}`];
});

const MAX_CAUSES = 5;
/** Bytes of lines that wait for room; later ones are lost until there is some. */
const MAX_WAITING = 1024 * 1024;

/** Name, message, stack and causes, nothing else: a driver's errors carry the documents they failed on. */
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
 * Lines gather into one write of a page, or wait a tenth of a second: a write of its own costs a request more than all
 * else about its line. Written out when the process ends, and at once after a fatal line. A disk that is full costs lines,
 * never an answer; pino itself sees to a reader that is gone.
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
  // Its own tries for ever where the disk is full.
  stdout.flushSync = () => stdout.flush();
  process.once('exit', () => stdout.flushSync());
  return stdout;
}

/** Nest lists every module and route at each start, and writes what `listen` throws before whoever called it can say it better. */
const QUIET_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Lets Nest's `Logger` write through pino: `logger.log({event: …}, 'message')` or `logger.log('message')`. */
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
      // Nest appends the context's name; an error's stack may stand before it.
      const context = rest.length > 0 ? String(rest.at(-1)) : undefined;
      const extra = rest.slice(0, -1).map(String);
      const write = QUIET_CONTEXTS.has(context ?? '') && (level === 'info' || level === 'error') ? 'debug' : level;
      if (typeof message === 'object') this.logger[write]({ ...message, context }, extra.join(' '));
      else this.logger[write]({ context }, [message, ...extra].join(' '));
    };
  }
}
