import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { AppError } from '../errors/app.error.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { ReauthenticationMethodsService } from '../users/reauthentication-methods.service.js';
import { hasSecondFactor } from '../users/second-factor-state.js';

/** `@SecondFactor()`. Its age does not matter; RecentSignInGuard looks at that. */
@Injectable()
export class SecondFactorGuard implements CanActivate {
  constructor(private readonly methods: ReauthenticationMethodsService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { session } = context.switchToHttp().getRequest<SignedInRequest>().auth;
    if (!hasSecondFactor(session.user)) throw new AppError('second_factor_setup_required');
    if (session.aal === 2) return true;
    throw new AppError('reauthentication_required', { methods: await this.methods.of(session.user) });
  }
}
