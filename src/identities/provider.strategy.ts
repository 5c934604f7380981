import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport, { Strategy } from 'passport';
import { userView } from '../users/users.views.js';
import { IdentitiesService } from './identities.service.js';
import { ProvidersRegistry } from './providers.registry.js';

/**
 * Passport's strategy for a sign-in by a provider: from the callback to the user. openid-client's own strategy
 * does not fit: it stores its state in a session, which guests lack, and it needs discovery at the start of the server.
 */
@Injectable()
export class ProviderStrategy extends Strategy {
  override readonly name = 'provider';

  constructor(
    private readonly providers: ProvidersRegistry,
    private readonly identities: IdentitiesService,
  ) {
    super();
  }

  override authenticate(request: Request): void {
    this.identify(request).then(
      (user) => this.success(user),
      (error: unknown) => this.error(error),
    );
  }

  /** Runs this strategy for one request. @throws the error of the strategy */
  run(request: Request, response: Response): Promise<Express.User> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, user?: Express.User | false | null) =>
        user ? resolve(user) : reject(error ?? new Error('no user'));
      // Passport stores its callbacks on the strategy object, so concurrent requests need separate objects.
      const own = Object.create(this) as this;
      passport.authenticate(own, { session: false }, done)(request, response, reject);
    });
  }

  private async identify(request: Request): Promise<Express.User> {
    const authorization = request.auth.authorization!;
    const identity = await this.providers.exchangeCode(request, authorization);
    const user = await this.identities.findOrCreateUser(request, authorization.provider, identity);
    request.auth.newSession = { user, remember: true, amr: ['fed', ...identity.amr], byProvider: true };
    return userView(user);
  }
}
