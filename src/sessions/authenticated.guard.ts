import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { AppError } from '../errors/app.error.js';
import { SessionTouchService } from './policy/session-touch.service.js';
import { SessionCookie } from './session.cookie.js';
import { SessionLoader } from './session.loader.js';
import { IS_PUBLIC } from '../http/public.decorator.js';

/** Global: every route needs an active session unless it is marked `@Public()`. */
@Injectable()
export class AuthenticatedGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionLoader,
    private readonly touches: SessionTouchService,
    private readonly cookie: SessionCookie,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(IS_PUBLIC, [context.getHandler(), context.getClass()])) return true;
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    await this.sessions.load(request, response);
    if (!request.isAuthenticated()) throw this.rejection(request);
    this.touches.touch(request);
    return true;
  }

  /** Says why the request is not authenticated, so that a client can tell its user whether to sign in again. */
  private rejection(request: Request): AppError {
    if (request.auth.sessionError) {
      const { code, reason } = request.auth.sessionError;
      return new AppError(code, { reason });
    }
    return new AppError(this.cookie.read(request).present ? 'session_invalid' : 'not_signed_in');
  }
}
