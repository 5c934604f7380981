import { Controller, Get, Inject } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { WithoutDatabase } from '../database/database-ready.guard.js';
import { Operation } from '../http/operation.decorator.js';
import { Public } from '../http/public.decorator.js';
import { SecondFactorService } from '../second-factor/second-factor.service.js';
import { ProvidersRegistry } from './providers.registry.js';
import { signInMethodsSchema, signInMethodsView, type SignInMethodsView } from './sign-in-methods.views.js';

/** Listed before ProvidersController in its module, whose `/auth/:provider` would match as well. */
@Controller('auth/methods')
export class SignInMethodsController {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly providers: ProvidersRegistry,
    private readonly secondFactors: SecondFactorService,
  ) {}

  @Operation({
    summary: 'What a client can offer: ways to sign in, and what mail is used for',
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
