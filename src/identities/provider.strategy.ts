import { Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import passport, { Strategy } from 'passport';
import { userView } from '../users/users.views.js';
import { IdentitiesService } from './identities.service.js';
import { ProvidersRegistry } from './providers.registry.js';

/**
 * Passport's side of a sign-in by a provider: from the callback's address to the user. openid-client has a strategy of
 * its own, but that keeps the attempt in a session, which guests do not have, and wants discovery done at the start.
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

  /** Runs this strategy for one request. @throws what it has met */
  run(request: Request, response: Response): Promise<Express.User> {
    return new Promise((resolve, reject) => {
      const done = (error: unknown, user?: Express.User | false | null) =>
        user ? resolve(user) : reject(error ?? new Error('no user'));
      // Passport puts the outcome on the object it is given: one for each request, or they would get each other's.
      const own = Object.create(this) as this;
      passport.authenticate(own, { session: false }, done)(request, response, reject);
    });
  }

  private async identify(request: Request): Promise<Express.User> {
    const attempt = request.auth.authorization!;
    const identity = await this.providers.exchangeCode(request, attempt);
    const user = await this.identities.findOrCreateUser(request, attempt.provider, identity);
    request.auth.newSession = { user, remember: true, amr: ['fed', ...identity.amr], byProvider: true };
    return userView(user);
  }
}
