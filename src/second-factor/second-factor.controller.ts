import { Controller, Get, Post, Req, UseGuards } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import { RecoveryCodesService } from './recovery-codes.service.js';
import { SecondFactorService } from './second-factor.service.js';
import {
  recoveryCodesSchema,
  secondFactorSchema,
  type RecoveryCodesView,
  type SecondFactorView,
} from './second-factor.views.js';

@Controller('users/me')
export class SecondFactorController {
  constructor(
    private readonly secondFactors: SecondFactorService,
    private readonly recoveryCodes: RecoveryCodesService,
  ) {}

  @Operation({ summary: 'The second factors of the account', response: secondFactorSchema })
  @Get('second-factor')
  show(@CurrentSession() { user }: ActiveSession): Promise<SecondFactorView> {
    return this.secondFactors.show(user);
  }

  @Operation({
    summary: 'Create new recovery codes',
    description: 'Voids the earlier ones.',
    response: recoveryCodesSchema,
    errors: ['nothing_to_verify'],
  })
  @UseGuards(RecentSignInGuard)
  @Post('recovery-codes')
  async renewCodes(@Req() request: SignedInRequest): Promise<RecoveryCodesView> {
    return { recoveryCodes: await this.recoveryCodes.renew(request) };
  }
}
