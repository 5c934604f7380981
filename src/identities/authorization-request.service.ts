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
   * Begins a visit to a provider.
   * @returns where the browser is to go
   * @throws {AppError} not_found, provider_unavailable
   */
  async begin(
    request: Request,
    name: string,
    plan: Pick<AuthorizationRequest, 'returnTo' | 'linkUserId' | 'renews'>,
  ): Promise<string> {
    const proof = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const { href } = await this.providers.authorizationUrl(request, name, proof, plan.renews !== undefined);
    this.cookie.add(request, { provider: name, ...proof, ...plan });
    return href;
  }

  /**
   * The visit that this browser comes back from. An error that can be tried again takes the new cookie back, and the
   * visit stays open.
   * @throws {CallbackError} sign_in_failed
   */
  resume(request: Request, name: string): AuthorizationRequest {
    const attempt = this.cookie.find(request, name, request.query.state);
    if (!attempt) throw new CallbackError('sign_in_failed');
    if (!attempt.done) this.cookie.finish(request, attempt);
    return attempt;
  }
}
