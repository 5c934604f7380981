import { Injectable, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { Request, Response } from 'express';
import { validate } from '../errors/zod-validation.pipe.js';
import { SessionLoader } from '../sessions/session.loader.js';
import { HashQueueService } from '../users/hash-queue.service.js';
import { loginBody } from './auth.schemas.js';
import { IDENTIFIER } from './local.strategy.js';
import { SignInService } from './sign-in.service.js';

/**
 * Signs in: validates the body, runs passport-local to verify the password, then creates a session with a new id. Guards run
 * before pipes, so the body is validated here: passport-local would accept a number as a password.
 */
@Injectable()
export class LocalAuthGuard extends AuthGuard('local') {
  constructor(
    private readonly sessions: SessionLoader,
    private readonly signIns: SignInService,
    private readonly hashes: HashQueueService,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    // First, so that attempts beyond the capacity of the hash queue cost nothing.
    this.hashes.throwIfOverloaded();
    const body = validate(loginBody, request.body);
    request.body = { ...body, [IDENTIFIER]: body.username ?? body.email };
    await this.sessions.load(request, context.switchToHttp().getResponse<Response>());
    await super.canActivate(context);
    const { endSession, code } = body;
    const proof = code === undefined ? undefined : { code };
    await this.signIns.establishSession(request, { endSession, proof }, () => super.logIn(request));
    return true;
  }
}
