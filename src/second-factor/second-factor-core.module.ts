import { Global, Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { SecondFactorGate } from '../auth/second-factor-gate.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { CodeGuessesService } from './code-guesses.service.js';
import { ContinuationService } from './continuation.service.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SecondFactorsRepository } from './second-factors.repository.js';
import { TotpService } from './totp.service.js';

/** Global, because it implements what AuthModule asks for and depends on AuthModule itself. */
@Global()
@Module({
  imports: [AuthModule, MailModule, RateLimitsModule, UsersModule],
  providers: [
    CodeGuessesService,
    ContinuationService,
    RecoveryCodesService,
    SecondFactorService,
    SecondFactorsRepository,
    TotpService,
    { provide: SecondFactorGate, useExisting: SecondFactorService },
  ],
  exports: [
    RecoveryCodesService,
    CodeGuessesService,
    ContinuationService,
    SecondFactorGate,
    SecondFactorService,
    SecondFactorsRepository,
  ],
})
export class SecondFactorCoreModule {}
