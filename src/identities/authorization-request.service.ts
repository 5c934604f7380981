import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { AttemptCookie, type Attempt } from './oauth-state.cookie.js';
import { CallbackError } from './callback.error.js';
import { Providers } from './providers.registry.js';

@Injectable()
export class AttemptsService {
  constructor(
    private readonly providers: Providers,
    private readonly cookie: AttemptCookie,
  ) {}

  /**
   * Begins a visit to a provider.
   * @returns where the browser is to go
   * @throws {AppError} not_found, provider_unavailable
   */
  async begin(request: Request, name: string, plan: Pick<Attempt, 'returnTo' | 'linkTo'>): Promise<string> {
    const proof = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier() };
    const { href } = await this.providers.authorizationUrl(request, name, proof);
    this.cookie.add(request, { provider: name, ...proof, ...plan });
    return href;
  }

  /**
   * The visit that this browser comes back from. An error that can be tried again takes the new cookie back, and the
   * visit stays open.
   * @throws {CallbackError} sign_in_failed
   */
  resume(request: Request, name: string): Attempt {
    const attempt = this.cookie.find(request, name, request.query.state);
    if (!attempt) throw new CallbackError('sign_in_failed');
    if (!attempt.done) this.cookie.finish(request, attempt);
    return attempt;
  }
}
