import { Controller, Get, HttpCode, Param, Post, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Request, Response } from 'express';
import { CurrentSession, CurrentUser } from '../sessions/current-user.decorator.js';
import type { ActiveSession } from '../sessions/session.types.js';
import { Public } from '../http/public.decorator.js';
import { RecentSignInGuard } from '../sessions/recent-sign-in.guard.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Operation } from '../http/operation.decorator.js';
import { AuthorizationRequestService } from './authorization-request.service.js';
import { CallbackFilter } from './callback.filter.js';
import { CallbackGuard } from './callback.guard.js';
import {
  providersSchema,
  providersView,
  signInQuery,
  authorizationUrlSchema,
  type ProvidersView,
  type SignInQuery,
  type AuthorizationUrlView,
} from './identities.views.js';
import { ProvidersRegistry } from './providers.registry.js';

/** Sign-in by a provider: a redirect to the provider, then the callback. */
@Controller('auth')
export class ProvidersController {
  constructor(
    private readonly providers: ProvidersRegistry,
    private readonly authorizations: AuthorizationRequestService,
  ) {}

  @Operation({ summary: 'The providers that sign users in', response: providersSchema })
  @Public()
  @WithoutDatabase()
  @Get('providers')
  list(): ProvidersView {
    return providersView(this.providers.all);
  }

  @Operation({
    summary: 'Start a sign-in by a provider',
    description: 'Redirects a browser to the provider; not for fetch. The callback must follow within ten minutes.',
    headers: ['Location', 'Set-Cookie'],
    errors: ['not_found', 'provider_unavailable'],
  })
  @Public()
  @WithoutDatabase()
  @HttpCode(302)
  @Get(':provider')
  async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('provider') provider: string,
    @Query({ schema: signInQuery }) { returnTo }: SignInQuery,
  ): Promise<void> {
    response.location(await this.authorizations.start(request, provider, { returnTo }));
  }

  @Operation({
    summary: 'The callback of a provider',
    description:
      'Redirects to `returnTo` with a new session or, if the sign-in failed, to the web client with the reason ' +
      'as `error` in the fragment.',
    headers: ['Location', 'Set-Cookie'],
    errors: ['not_found', 'overloaded', 'provider_unavailable'],
  })
  @Public()
  @UseGuards(CallbackGuard)
  @UseFilters(CallbackFilter)
  @HttpCode(302)
  @Get(':provider/callback')
  // The guard handles the provider; the parameter is here for the OpenAPI document.
  callback(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
    @Param('provider') _provider: string,
  ): void {
    response.location(request.auth.authorization!.returnTo);
  }

  @Operation({
    summary: 'Start a re-authentication by a provider',
    description: `For accounts with neither a password nor a passkey. The provider asks the user to sign in again; the
callback renews this session if the identity is linked to its account.`,
    response: authorizationUrlSchema,
    headers: ['Set-Cookie'],
    errors: ['not_found', 'provider_unavailable'],
  })
  @HttpCode(200)
  @Post(':provider/reauthentication')
  async reauthenticate(
    @Req() request: Request,
    @CurrentSession() { publicId }: ActiveSession,
    @Param('provider') provider: string,
  ): Promise<AuthorizationUrlView> {
    const options = { returnTo: '/#/account', renews: publicId };
    return { location: await this.authorizations.start(request, provider, options) };
  }

  @Operation({
    summary: 'Start linking a provider to the account',
    description: 'Returns the URL to open in the browser. The callback must follow within ten minutes.',
    response: authorizationUrlSchema,
    headers: ['Set-Cookie'],
    errors: ['not_found', 'provider_unavailable'],
  })
  @UseGuards(RecentSignInGuard)
  @HttpCode(200)
  @Post(':provider/link')
  async link(
    @Req() request: Request,
    @CurrentUser() { userId }: Express.User,
    @Param('provider') provider: string,
  ): Promise<AuthorizationUrlView> {
    return {
      location: await this.authorizations.start(request, provider, { returnTo: '/#/account', linkUserId: userId }),
    };
  }
}
