import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { RateLimitsModule } from '../rate-limits/rate-limits.module.js';
import { UsersModule } from '../users/users.module.js';
import { LinkedIdentitiesRepository } from './linked-identities.repository.js';
import { OauthStateCookie } from './oauth-state.cookie.js';
import { AuthorizationRequestService } from './authorization-request.service.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentitiesService } from './identities.service.js';
import { ProviderStrategy } from './provider.strategy.js';
import { ProvidersController } from './providers.controller.js';
import { SignInMethodsController } from './sign-in-methods.controller.js';
import { ProvidersRegistry } from './providers.registry.js';

/** Signing in by providers: Google, GitHub, any issuer of OpenID Connect. */
@Module({
  imports: [AuthModule, UsersModule, RateLimitsModule],
  controllers: [SignInMethodsController, ProvidersController, IdentitiesController],
  providers: [
    OauthStateCookie,
    AuthorizationRequestService,
    IdentitiesService,
    LinkedIdentitiesRepository,
    ProvidersRegistry,
    ProviderStrategy,
  ],
  exports: [LinkedIdentitiesRepository],
})
export class IdentitiesModule {}
