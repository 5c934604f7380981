import { Controller, Delete, Get, HttpCode, Param, Req, UseGuards } from '@nestjs/common';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { Operation } from '../http/operation.decorator.js';
import type { ActiveSession, SignedInRequest } from '../sessions/session.types.js';
import { IdentitiesService } from './identities.service.js';
import { identitiesSchema, identitiesView, type IdentitiesView } from './identities.views.js';

@Controller('users/me/identities')
export class IdentitiesController {
  constructor(private readonly identities: IdentitiesService) {}

  @Operation({ summary: 'The sign-in methods of the account', response: identitiesSchema })
  @Get()
  async list(@CurrentSession() session: ActiveSession): Promise<IdentitiesView> {
    return identitiesView(await this.identities.signInMethods(session));
  }

  @Operation({
    summary: 'Unlink a provider from the account',
    description: 'Also 204 if it is not linked. Sessions that it has signed in stay active.',
    errors: ['last_sign_in_method'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(204)
  @Delete(':provider')
  async unlink(@Req() request: SignedInRequest, @Param('provider') provider: string): Promise<void> {
    await this.identities.unlink(request, provider);
  }
}
