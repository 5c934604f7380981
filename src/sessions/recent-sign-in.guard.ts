import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { RecentSignInService } from './recent-sign-in.service.js';
import type { SignedInRequest } from './session.types.js';

/** The route needs a recent sign-in: a stolen session is not enough for it. */
@Injectable()
export class RecentSignInGuard implements CanActivate {
  constructor(private readonly recentSignIns: RecentSignInService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { session } = context.switchToHttp().getRequest<SignedInRequest>().auth;
    await this.recentSignIns.require(session);
    return true;
  }
}
