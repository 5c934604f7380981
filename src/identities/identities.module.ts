import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { LimitsModule } from '../rate-limits/rate-limits.module.js';
import { UsersModule } from '../users/users.module.js';
import { AttemptCookie } from './oauth-state.cookie.js';
import { AttemptsService } from './authorization-request.service.js';
import { IdentitiesController } from './identities.controller.js';
import { IdentitiesService } from './identities.service.js';
import { ProviderStrategy } from './provider.strategy.js';
import { ProvidersController } from './providers.controller.js';
import { Providers } from './providers.registry.js';

/** Signing in by providers: Google, GitHub, any issuer of OpenID Connect. */
@Module({
  imports: [AuthModule, UsersModule, LimitsModule],
  controllers: [ProvidersController, IdentitiesController],
  providers: [AttemptCookie, AttemptsService, IdentitiesService, Providers, ProviderStrategy],
})
export class IdentitiesModule {}
