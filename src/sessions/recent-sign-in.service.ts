import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { ReauthenticationMethodsService } from '../users/reauthentication-methods.service.js';
import { secondFactorIsOn } from '../users/second-factor-state.js';
import { hasRecentSignIn } from './policy/session.policy.js';
import type { ActiveSession } from './session.types.js';

/** Requires a recent and strong sign-in for sensitive actions, so that a stolen session is not enough for them. */
@Injectable()
export class RecentSignInService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly methods: ReauthenticationMethodsService,
  ) {}

  /**
   * A recent sign-in is at most RECENT_LOGIN_WINDOW old and, if a second factor is on, includes it. A sign-in by a provider is
   * enough only for accounts that have neither a password nor a passkey.
   * @throws {AppError} reauthentication_required, with methods
   */
  async require(session: ActiveSession): Promise<void> {
    const recent = this.isRecent(session);
    if (recent && !session.byProvider) return;
    const methods = await this.methods.of(session.user);
    if (recent && !methods.includes('password') && !methods.includes('passkey')) return;
    throw new AppError('reauthentication_required', { methods });
  }

  private isRecent(session: ActiveSession): boolean {
    const strong = session.aal === 2 || !secondFactorIsOn(session.user, this.config);
    return strong && hasRecentSignIn(session, Date.now(), this.config.session.recentLoginMs);
  }
}
