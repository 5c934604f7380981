import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { ReauthenticationService } from '../auth/reauthentication.service.js';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import { passportLogIn, SignInService } from '../auth/sign-in.service.js';
import { IpRateLimiterService } from '../rate-limits/ip-rate-limiter.service.js';
import { SessionLoader } from '../sessions/session.loader.js';
import type { SignedInRequest } from '../sessions/session.types.js';
import { AuthorizationRequestService } from './authorization-request.service.js';
import { CallbackError } from './callback.error.js';
import { IdentitiesService } from './identities.service.js';
import { ProviderStrategy } from './provider.strategy.js';
import { ProvidersRegistry } from './providers.registry.js';

/** Completes an authorization request at its callback: a sign-in, a re-authentication or a link. */
@Injectable()
export class CallbackGuard implements CanActivate {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly providers: ProvidersRegistry,
    private readonly authorizations: AuthorizationRequestService,
    private readonly ipLimiter: IpRateLimiterService,
    private readonly sessions: SessionLoader,
    private readonly strategy: ProviderStrategy,
    private readonly signIns: SignInService,
    private readonly reauthentications: ReauthenticationService,
    private readonly identities: IdentitiesService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    const response = context.switchToHttp().getResponse<Response>();
    const { name } = this.providers.get(String(request.params.provider));
    request.auth.authorization = this.authorizations.resume(request, name);
    await this.ipLimiter.countAttempt(request);
    await this.sessions.load(request, response);
    const { done } = request.auth.authorization;
    // Back or Reload: the browser is signed in already, and the code was used.
    if (done && request.isAuthenticated()) return true;
    if (done) throw new CallbackError('sign_in_failed');
    try {
      await this.complete(request, response);
    } catch (error) {
      request.auth.authorization.returnTo = this.secondFactorUrl(error);
    }
    return true;
  }

  private async complete(request: Request, response: Response): Promise<void> {
    const { linkUserId, renews } = request.auth.authorization!;
    if (linkUserId !== undefined) await this.link(request, linkUserId);
    else if (renews !== undefined) await this.reauthenticate(request, renews);
    else await this.signIn(request, response);
  }

  private async signIn(request: Request, response: Response): Promise<void> {
    const user = await this.strategy.run(request, response);
    await this.signIns.establishSession(request, { returnTo: request.auth.authorization!.returnTo }, () =>
      passportLogIn(request, user),
    );
  }

  /** Only the session that started the re-authentication can complete it. */
  private async reauthenticate(request: Request, renews: string): Promise<void> {
    const authorization = request.auth.authorization!;
    if (!isSession(renews, request)) throw new CallbackError('sign_in_failed');
    const identity = await this.providers.exchangeCode(request, authorization);
    await this.identities.confirmOwn(request, authorization.provider, identity);
    const proved = { amr: ['fed', ...identity.amr], byProvider: true, authenticatedAt: identity.authenticatedAt };
    await this.reauthentications.reauthenticateByProvider(request, proved, authorization.returnTo);
  }

  /** The page of the client for the second factor. The continuation is in the fragment, which servers do not log. */
  private secondFactorUrl(error: unknown): string {
    const pending = error instanceof AppError && error.code === 'second_factor_required';
    if (!pending) throw error;
    return `${this.config.frontendUrl}/second-factor#${error.details.continuation!}`;
  }

  /** Only the account that started the link can complete it, while it is still signed in. */
  private async link(request: Request, linkUserId: string): Promise<void> {
    const authorization = request.auth.authorization!;
    if (!isSignedInTo(linkUserId, request)) throw new CallbackError('sign_in_failed');
    const identity = await this.providers.exchangeCode(request, authorization);
    await this.identities.link(request, authorization.provider, identity);
  }
}

const isSession = (publicId: string, request: Request): request is SignedInRequest =>
  request.auth.session?.publicId === publicId;

const isSignedInTo = (userId: string, request: Request): request is SignedInRequest =>
  request.auth.session?.user._id.toHexString() === userId;
