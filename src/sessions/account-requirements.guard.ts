import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { hasSecondFactor } from '../users/second-factor-state.js';
import type { UserRecord } from '../users/user.schema.js';

/** Includes re-authentication at a provider: setting up a second factor needs a recent sign-in. */
const OWN_ROUTES = /^\/(users\/(me|protected)|sessions|auth\/[^/]+\/reauthentication)(\/|$)/;

/** Whether accounts that do not meet the requirements may use the route. @param path the route's pattern */
export const isExempt = (path: string): boolean => OWN_ROUTES.test(path);

/**
 * Global guard, after AuthenticatedGuard. An account that lacks a required verified email address or second factor may use
 * only the routes that add it.
 */
@Injectable()
export class AccountRequirementsGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    // `auth.session` is absent on public routes.
    const { auth, route } = context.switchToHttp().getRequest<Request>();
    const { path } = route as { path: string };
    if (auth.session && !isExempt(path)) this.check(auth.session.user);
    return true;
  }

  private check(user: UserRecord): void {
    const { secondFactor, email } = this.config;
    if (email.verificationRequired && !user.emailVerifiedAt) throw new AppError('email_not_verified');
    if (secondFactor === 'required' && !hasSecondFactor(user)) throw new AppError('second_factor_setup_required');
  }
}
