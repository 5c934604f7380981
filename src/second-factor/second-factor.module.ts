import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { MailModule } from '../mail/mail.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { UsersModule } from '../users/users.module.js';
import { ReencryptionService } from './reencryption.service.js';
import { SecondFactorResetService } from './second-factor-reset.service.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondStepController } from './second-step.controller.js';
import { SecondStepService } from './second-step.service.js';
import { TotpController } from './totp.controller.js';
import { TotpEnrolmentService } from './totp-enrolment.service.js';

/** The routes of second factors. SecondFactorCoreModule verifies the factors. */
@Module({
  imports: [AuthModule, MailModule, RateLimitsModule, UsersModule],
  controllers: [SecondStepController, SecondFactorController, TotpController],
  providers: [ReencryptionService, SecondFactorResetService, SecondStepService, TotpEnrolmentService],
})
export class SecondFactorModule {}
