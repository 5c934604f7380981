import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { hasRecentSignIn } from './policy/session.policy.js';
import type { SignedInRequest } from './session.types.js';

/** For what a stolen session must not do: lets through who proved their password within RECENT_LOGIN_WINDOW. */
@Injectable()
export class RecentSignInGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    const { session } = context.switchToHttp().getRequest<SignedInRequest>().auth;
    if (hasRecentSignIn(session, Date.now(), this.config.session.recentLoginMs)) return true;
    throw new AppError('reauthentication_required');
  }
}
