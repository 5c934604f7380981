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

/** Seconds in Retry-After unless the error says otherwise. */
const DELAYED_ERRORS: ReadonlySet<ErrorCode> = new Set(['overloaded', 'rate_limited']);
/** Fifty clients that ask again the moment they are refused would take a core from those who are signed in. */
const ERROR_DELAY_MS = 30;

/** The single way out for errors: one shape, a constant message per code, the cause to the log and nowhere else. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    protected readonly securityLogger: SecurityLoggerService,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    this.respond(thrown, host);
  }

  /** By this name for CallbackFilter: to the linter a `super.catch()` is that of a promise, left floating. */
  protected respond(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    // Answered already: the deadline passed while the handler was still at work, or a stream broke off.
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
    // The stack of what was thrown on purpose tells nothing, and a flood that is turned away would write thousands.
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

/** What Nest itself throws: no route, or a path that cannot be decoded. */
function fromNest(thrown: HttpException, request: Request): AppError {
  const status = thrown.getStatus();
  if (status === 400) return validationFailed('', 'not_well_formed');
  if (status === 403) return new AppError('forbidden');
  // Terminus: the database did not answer the ping of readiness.
  if (status === 503) return new AppError('database_unavailable', { cause: thrown });
  if (status !== 404) return new AppError('internal_error', { cause: thrown });
  const allow = allowedMethods(request);
  return allow.length > 0 ? new AppError('method_not_allowed', { allow }) : new AppError('not_found');
}

/** An answer that failed must not hand out a session: express-session would still set the cookie of a new one. */
export function discardSessionCookie(request: Request, response: Response): void {
  response.removeHeader('Set-Cookie');
  Reflect.deleteProperty(request, 'session');
}

function send(error: AppError, request: Request, response: Response): void {
  // The deadline may have passed during the hold.
  if (response.headersSent) return;
  const { allow, retryAfterSeconds } = error.details;
  if (allow) response.setHeader('Allow', allow.join(', '));
  if (error.status === 503 || error.status === 429) {
    response.setHeader('Retry-After', String(retryAfterSeconds ?? RETRY_AFTER_SECONDS));
  }
  response.locals.errorCode = error.code;
  response.status(error.status).json(errorBody(error, request.id));
}
