import { Body, Controller, Delete, HttpCode, Post, Put, Req, UseGuards } from '@nestjs/common';
import { Operation } from '../http/operation.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { totpBody, type TotpBody } from './second-factor.schemas.js';
import { totpEnabledSchema, totpKeySchema, type TotpEnabledView, type TotpKeyView } from './second-factor.views.js';
import { TotpEnrolmentService } from './totp-enrolment.service.js';

@Controller('users/me/totp')
export class TotpController {
  constructor(private readonly enrolments: TotpEnrolmentService) {}

  @Operation({
    summary: 'Begin to set up an authenticator app',
    description: `Creates a secret that is pending for 15 minutes. The current one keeps working. 404 where
\`SECOND_FACTOR=off\` or \`DATA_KEYS\` is not set.`,
    response: totpKeySchema,
    errors: ['not_found'],
  })
  @UseGuards(RecentSignInGuard)
  @Post()
  begin(@Req() request: SignedInRequest): Promise<TotpKeyView> {
    return this.enrolments.begin(request.auth.session.user);
  }

  @Operation({
    summary: 'Turn the authenticator app on, with its first code',
    description: `Replaces the app that was on. Ends every other session and gives this one a new id. Returns recovery codes
where the account has none. The code cannot sign in afterwards.`,
    response: totpEnabledSchema,
    headers: ['Set-Cookie'],
    errors: ['wrong_code', 'nothing_to_verify', 'not_found'],
  })
  @Put()
  enable(@Req() request: SignedInRequest, @Body({ schema: totpBody }) { code }: TotpBody): Promise<TotpEnabledView> {
    return this.enrolments.enable(request, code);
  }

  @Operation({
    summary: 'Turn the authenticator app off',
    description: 'Also 204 where it is not on. Recovery codes go with it, unless the account has a passkey.',
    errors: ['second_factor_setup_required'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete()
  disable(@Req() request: SignedInRequest): Promise<void> {
    return this.enrolments.disable(request);
  }
}
