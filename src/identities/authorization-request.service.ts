import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { OauthStateCookie, type AuthorizationRequest } from './oauth-state.cookie.js';
import { CallbackError } from './callback.error.js';
import { ProvidersRegistry } from './providers.registry.js';

@Injectable()
export class AuthorizationRequestService {
  constructor(
    private readonly providers: ProvidersRegistry,
    private readonly cookie: OauthStateCookie,
  ) {}

  /**
   * Starts a sign-in, a link or a re-authentication by a provider, and stores it in the state cookie.
   * @returns the URL of the provider to redirect the browser to
   * @throws {AppError} not_found, provider_unavailable
   */
  async start(
    request: Request,
    name: string,
    options: Pick<AuthorizationRequest, 'returnTo' | 'linkUserId' | 'renews'>,
  ): Promise<string> {
    const checks = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const { href } = await this.providers.authorizationUrl(request, name, checks, options.renews !== undefined);
    this.cookie.add(request, { provider: name, ...checks, ...options });
    return href;
  }

  /**
   * Finds the authorization request of a callback and marks it as done. If an error that allows a retry follows, the response
   * does not set the state cookie, and the request stays open.
   * @throws {CallbackError} sign_in_failed
   */
  resume(request: Request, name: string): AuthorizationRequest {
    const authorization = this.cookie.find(request, name, request.query.state);
    if (!authorization) throw new CallbackError('sign_in_failed');
    if (!authorization.done) this.cookie.finish(request, authorization);
    return authorization;
  }
}
