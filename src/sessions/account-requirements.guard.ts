import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { hasSecondFactor } from '../users/second-factor-state.js';
import type { UserRecord } from '../users/user.schema.js';

/** The account's own routes: what an account lacks is put right there. */
const OWN_ROUTES = /^\/(users\/(me|protected)|sessions)(\/|$)/;

/** Global, behind AuthenticatedGuard: what an account needs before it may use more than its own routes. */
@Injectable()
export class AccountRequirementsGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    // Absent on public routes.
    const { auth, route } = context.switchToHttp().getRequest<Request>();
    const { path } = route as { path: string };
    if (auth.session && !OWN_ROUTES.test(path)) this.check(auth.session.user);
    return true;
  }

  private check(user: UserRecord): void {
    const { secondFactor } = this.config;
    if (secondFactor === 'required' && !hasSecondFactor(user)) throw new AppError('second_factor_setup_required');
  }
}
