import { Controller, Get, Inject } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import { ProvidersRegistry } from './providers.registry.js';
import { signInMethodsSchema, signInMethodsView, type SignInMethodsView } from './sign-in-methods.views.js';

/** Must be listed before ProvidersController in the module, because `/auth/:provider` matches this path too. */
@Controller('auth/methods')
export class SignInMethodsController {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly providers: ProvidersRegistry,
    private readonly secondFactors: SecondFactorService,
  ) {}

  @Operation({
    summary: 'The ways to sign in that a client can offer, and what mail is used for',
    response: signInMethodsSchema,
  })
  @Public()
  @WithoutDatabase()
  @Get()
  get(): SignInMethodsView {
    const { canEnroll: totp } = this.secondFactors;
    return signInMethodsView(this.config, {
      totp,
      passkeys: this.config.passkeys !== null,
      providers: this.providers.all,
    });
  }
}
