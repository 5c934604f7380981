import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { SignedInRequest } from '../sessions/session.types.js';
import { RequiredSecondFactorService } from './required-second-factor.service.js';

/** Implements `@SecondFactor()`. Ignores how old the sign-in is: RecentSignInGuard checks that. */
@Injectable()
export class SecondFactorGuard implements CanActivate {
  constructor(private readonly requirement: RequiredSecondFactorService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    await this.requirement.require(context.switchToHttp().getRequest<SignedInRequest>().auth.session);
    return true;
  }
}
