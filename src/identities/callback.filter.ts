import { Catch, Inject, type ArgumentsHost } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../errors/app.error.js';
import type { ErrorCode } from '../errors/error-codes.js';
import { ErrorFilter, withdrawSession } from '../http/error.filter.js';
import { LOGGER } from '../logging/logger.js';
import { EVENT_OF_ERROR, type SecurityEvent } from '../logging/security-events.js';
import { SecurityLog } from '../logging/security-logger.service.js';
import { AttemptCookie } from './oauth-state.cookie.js';
import { CallbackError, type CallbackErrorCode } from './callback.error.js';

/** What a user can be told by the client; anything else is an error like any other. */
const TOLD: ErrorCode[] = ['account_disabled', 'session_limit_reached', 'rate_limited'];

const EVENT_OF: Record<CallbackErrorCode | ErrorCode, SecurityEvent | null> = {
  ...EVENT_OF_ERROR,
  sign_in_failed: 'authn_login_fail',
  already_linked: 'authn_login_fail',
  other_account: 'authn_login_fail',
  cancelled: null,
};

/** A person is at the callback, not a program: what went wrong for them leads back to the client, which says so. */
@Catch()
export class CallbackFilter extends ErrorFilter {
  constructor(
    @Inject(LOGGER) logger: Logger,
    securityLog: SecurityLog,
    private readonly cookie: AttemptCookie,
  ) {
    super(logger, securityLog);
  }

  protected override answer(thrown: unknown, host: ArgumentsHost): void {
    const code = codeOf(thrown);
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    if (!code || response.headersSent) return super.answer(thrown, host);
    const event = EVENT_OF[code];
    if (event) this.securityLog.write(event, request, { code }, 'sign-in by a provider failed');
    withdrawSession(request, response);
    this.cookie.remove(request, request.attempt?.state);
    const staysSignedIn = request.attempt?.linkTo !== undefined || code === 'other_account';
    const view = staysSignedIn ? 'account' : 'login';
    response.status(302).location(`/#/${view}?error=${code}`).end();
  }
}

function codeOf(thrown: unknown): CallbackErrorCode | ErrorCode | undefined {
  if (thrown instanceof CallbackError) return thrown.code;
  return thrown instanceof AppError && TOLD.includes(thrown.code) ? thrown.code : undefined;
}
