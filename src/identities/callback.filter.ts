import { Catch, Inject, type ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { ErrorFilter, discardSessionCookie } from '../http/error.filter.js';
import { LOGGER } from '../logging/logger.js';
import { LOG_EVENT_BY_ERROR_CODE } from '../errors/error.log-events.js';
import type { SecurityEvent } from '../logging/security-events.js';
import { SecurityLoggerService } from '../logging/security-logger.service.js';
import { OauthStateCookie } from './oauth-state.cookie.js';
import { CallbackError, type CallbackErrorCode } from './callback.error.js';

/** API errors that the client shows to the user. Others are responses like those of any route. */
const SHOWN_TO_USER: ErrorCode[] = ['account_disabled', 'session_limit_reached', 'rate_limited'];

const EVENT_OF: Record<CallbackErrorCode | ErrorCode, SecurityEvent | null> = {
  ...LOG_EVENT_BY_ERROR_CODE,
  sign_in_failed: 'authn_login_fail',
  already_linked: 'authn_login_fail',
  other_account: 'authn_login_fail',
  cancelled: null,
};

/** A browser opens the callback as a page, so errors that the user can act on redirect to the client, which shows them. */
@Catch()
export class CallbackFilter extends ErrorFilter {
  constructor(
    @Inject(LOGGER) logger: Logger,
    securityLogger: SecurityLoggerService,
    private readonly cookie: OauthStateCookie,
  ) {
    super(logger, securityLogger);
  }

  protected override respond(thrown: unknown, host: ArgumentsHost): void {
    const code = codeOf(thrown);
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (!code || response.headersSent) return super.respond(thrown, host);
    const event = EVENT_OF[code];
    if (event) this.securityLogger.write(event, request, { code }, 'sign-in by a provider failed');
    discardSessionCookie(request, response);
    this.cookie.remove(request, request.auth.authorization?.state);
    const staysSignedIn =
      request.auth.authorization?.linkUserId !== undefined ||
      request.auth.authorization?.renews !== undefined ||
      code === 'other_account';
    const view = staysSignedIn ? 'account' : 'login';
    response.status(302).location(`/#/${view}?error=${code}`).end();
  }
}

function codeOf(thrown: unknown): CallbackErrorCode | ErrorCode | undefined {
  if (thrown instanceof CallbackError) return thrown.code;
  return thrown instanceof AppError && SHOWN_TO_USER.includes(thrown.code) ? thrown.code : undefined;
}
