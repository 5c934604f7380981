import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { UserRecord } from '../users/user.schema.js';
import type { SignedInRequest } from './session.types.js';

const OWN_ROUTES = /^\/(users\/(me|protected)|sessions)(\/|$)/;

/** Whether a route is the account's own: what an account lacks is put right there. @param path as it is registered */
export const isOwnRoute = (path: string): boolean => OWN_ROUTES.test(path);

/** Global, behind AuthenticatedGuard: what an account needs before it may use more than its own routes. */
@Injectable()
export class AccountRequirementsGuard implements CanActivate {
  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {}

  canActivate(context: ExecutionContext): boolean {
    // Absent on public routes.
    const { liveSession, route } = context.switchToHttp().getRequest<Partial<SignedInRequest>>();
    const { path } = route as { path: string };
    if (liveSession && !isOwnRoute(path)) this.check(liveSession.user);
    return true;
  }

  private check(user: UserRecord): void {
    if (this.config.email.verificationRequired && !user.emailVerifiedAt) throw new AppError('email_not_verified');
  }
}
