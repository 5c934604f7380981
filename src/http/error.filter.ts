import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { isDatabaseUnavailable } from '../database/mongo-errors.js';
import { LOGGER } from '../logging/logger.js';
import { LOG_EVENT_BY_ERROR_CODE } from '../errors/error.log-events.js';
import { SecurityLoggerService } from '../logging/security-logger.service.js';
import { allowedMethods } from './allowed-methods.js';
import { AppError, validationFailed } from '../errors/app.error.js';
import { errorBody } from '../errors/error-body.js';
import type { ErrorCode } from '../errors/error-codes.js';

const RETRY_AFTER_SECONDS = 1;

/** Errors whose responses are delayed by ERROR_DELAY_MS. */
const DELAYED_ERRORS: ReadonlySet<ErrorCode> = new Set(['overloaded', 'rate_limited']);
/** Milliseconds. Slows down clients that retry at once: fifty of them would otherwise keep one core busy. */
const ERROR_DELAY_MS = 30;

/** Turns every error into one response shape with a constant message per code. The cause goes only to the log. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    protected readonly securityLogger: SecurityLoggerService,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.respond(thrown, host);
  }

  /** Called by CallbackFilter, because the linter takes `super.catch()` for a floating promise. */
  protected respond(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // The response was sent before: the deadline passed while the handler was running, or a stream was interrupted.
    if (response.headersSent) return;
    const error = toAppError(thrown, request);
    this.log(error, request);
    discardSessionCookie(request, response);
    if (DELAYED_ERRORS.has(error.code)) setTimeout(() => send(error, request, response), ERROR_DELAY_MS);
    else send(error, request, response);
  }

  private log(error: AppError, request: Request): void {
    const { code, status, message, details } = error;
    const event = details.event ?? LOG_EVENT_BY_ERROR_CODE[code];
    if (event) this.securityLogger.write(event, request, { code, reason: details.reason }, message);
    if (status < 500) return;
    // Logs only the cause: the stack of an AppError is no help, and overload would log thousands of them.
    this.logger.error({ event: 'request_failed', requestId: request.id, code, err: details.cause }, message);
  }
}

function toAppError(thrown: unknown, request: Request): AppError {
  if (thrown instanceof AppError) return thrown;
  if (isDatabaseUnavailable(thrown)) return new AppError('database_unavailable', { cause: thrown });
  if (thrown instanceof URIError) return validationFailed('', 'not_well_formed');
  if (thrown instanceof HttpException) return fromNest(thrown, request);
  return new AppError('internal_error', { cause: thrown });
}

/** Exceptions of Nest itself: no route, or a path that cannot be decoded. */
function fromNest(thrown: HttpException, request: Request): AppError {
  const status = thrown.getStatus();
  if (status === 400) return validationFailed('', 'not_well_formed');
  if (status === 403) return new AppError('forbidden');
  // From Terminus: the database did not respond to the readiness ping.
  if (status === 503) return new AppError('database_unavailable', { cause: thrown });
  if (status !== 404) return new AppError('internal_error', { cause: thrown });
  const allow = allowedMethods(request);
  return allow.length > 0 ? new AppError('method_not_allowed', { allow }) : new AppError('not_found');
}

/** Keeps an error response from setting cookies. Otherwise, express-session would send the cookie of a session that failed. */
export function discardSessionCookie(request: Request, response: Response): void {
  response.removeHeader('Set-Cookie');
  Reflect.deleteProperty(request, 'session');
}

function send(error: AppError, request: Request, response: Response): void {
  // The deadline may have passed during the delay.
  if (response.headersSent) return;
  const { allow, retryAfterSeconds } = error.details;
  if (allow) response.setHeader('Allow', allow.join(', '));
  if (error.status === 503 || error.status === 429) {
    response.setHeader('Retry-After', String(retryAfterSeconds ?? RETRY_AFTER_SECONDS));
  }
  response.locals.errorCode = error.code;
  response.status(error.status).json(errorBody(error, request.id));
}
