import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { ReauthenticationMethodsService } from '../users/reauthentication-methods.service.js';
import { hasSecondFactor, secondFactorIsOn } from '../users/second-factor-state.js';

/** Decides whether a session satisfies `@SecondFactor()`. Available in every module: SecondFactorCoreModule is global. */
@Injectable()
export class RequiredSecondFactorService {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly methods: ReauthenticationMethodsService,
  ) {}

  /** @throws {AppError} second_factor_setup_required; reauthentication_required, with methods that lead to `aal` 2 */
  async require({ user, aal }: ActiveSession): Promise<void> {
    if (!hasSecondFactor(user)) throw new AppError('second_factor_setup_required');
    if (aal === 2) return;
    const methods = await this.methods.of(user);
    // Where no second factor is on, a password alone re-authenticates, but only at level 1.
    const sufficient = secondFactorIsOn(user, this.config) ? methods : methods.filter((name) => name === 'passkey');
    throw new AppError('reauthentication_required', { methods: sufficient });
  }
}
