import { Global, Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { SecondFactorGate } from '../auth/second-factor-gate.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { CodeGuessesService } from './code-guesses.service.js';
import { ContinuationService } from './continuation.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import { RequiredSecondFactorService } from './required-second-factor.service.js';
import { SecondFactorGateService } from './second-factor-gate.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { TotpService } from './totp.service.js';
import { WrongCodesRepository } from './wrong-codes.repository.js';

/** Global, because it imports AuthModule, which needs its SecondFactorGate. `@SecondFactor()` works in any module. */
@Global()
@Module({
  imports: [AuthModule, MailModule, RateLimitsModule, UsersModule],
  providers: [
    CodeGuessesService,
    ContinuationService,
    RecoveryCodesService,
    RequiredSecondFactorService,
    SecondFactorGateService,
    SecondFactorService,
    SecondFactorsRepository,
    TotpService,
    WrongCodesRepository,
    { provide: SecondFactorGate, useExisting: SecondFactorGateService },
  ],
  exports: [
    CodeGuessesService,
    ContinuationService,
    RecoveryCodesService,
    RequiredSecondFactorService,
    SecondFactorGate,
    SecondFactorService,
    SecondFactorsRepository,
  ],
})
export class SecondFactorCoreModule {}
