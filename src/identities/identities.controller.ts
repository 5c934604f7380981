import { Controller, Delete, Get, HttpCode, Param, Req, UseGuards } from '@nestjs/common';
import { CurrentSession } from '../sessions/current-user.decorator.js';
import { RecentLoginGuard } from '../sessions/recent-sign-in.guard.js';
import { Operation } from '../http/operation.decorator.js';
import type { LiveSession, SignedInRequest } from '../sessions/session.types.js';
import { IdentitiesService } from './identities.service.js';
import { identitiesSchema, identitiesView, type IdentitiesView } from './identities.views.js';

@Controller('users/me/identities')
export class IdentitiesController {
  constructor(private readonly identities: IdentitiesService) {}

  @Operation({ summary: 'What signs in to the account', answer: identitiesSchema })
  @Get()
  async list(@CurrentSession() session: LiveSession): Promise<IdentitiesView> {
    return identitiesView(await this.identities.waysToSignIn(session));
  }

  @Operation({
    summary: 'Unlink a provider from the account',
    description: 'Also 204 when it is not linked. Sessions that it has signed in stay.',
    errors: ['last_sign_in_method'],
  })
  @UseGuards(RecentLoginGuard)
  @HttpCode(204)
  @Delete(':provider')
  async unlink(@Req() request: SignedInRequest, @Param('provider') provider: string): Promise<void> {
    await this.identities.unlink(request, provider);
  }
}
