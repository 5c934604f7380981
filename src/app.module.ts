import { Inject, Module, type DynamicModule, type NestModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, HttpAdapterHost } from '@nestjs/core';
import type { Logger } from 'pino';
import { AccountModule } from './account/account.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { AuthenticatedGuard } from './sessions/authenticated.guard.js';
import { APP_CONFIG, type AppConfig } from './config/app.config.js';
import { ConfigModule } from './config/config.module.js';
import { requestDeadline } from './http/request-deadline.middleware.js';
import { DatabaseReadyGuard } from './database/database-ready.guard.js';
import { DatabaseModule } from './database/database.module.js';
import { ErrorFilter } from './http/error.filter.js';
import { ZodValidationPipe } from './errors/zod-validation.pipe.js';
import { forwardedProto } from './http/forwarded-proto.middleware.js';
import { UndeclaredBodyGuard } from './http/undeclared-body.guard.js';
import { unsafeGet } from './http/unsafe-get.middleware.js';
import { HealthModule } from './health/health.module.js';
import { IdentitiesModule } from './identities/identities.module.js';
import { KeysModule } from './keys/keys.module.js';
import { LOGGER } from './logging/logger.js';
import { LoggingModule } from './logging/logging.module.js';
import { requestLog } from './http/request-log.middleware.js';
import { MailModule } from './mail/mail.module.js';
import { MetricsService } from './metrics/metrics.service.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { requestMetrics } from './metrics/request-metrics.middleware.js';
import { OpenApiModule } from './openapi/openapi.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { PasskeysModule } from './passkeys/passkeys.module.js';
import { EmailModule } from './email/email.module.js';
import { PasswordResetModule } from './password-reset/password-reset.module.js';
import { PostsModule } from './posts/posts.module.js';
import { cors } from './http/cors.middleware.js';
import { hostRequired } from './http/host-required.middleware.js';
import { httpsRequired } from './http/https-required.middleware.js';
import { jsonBody } from './http/json-body.middleware.js';
import { noCredentialsInQuery } from './http/no-credentials-in-query.middleware.js';
import { originPolicy } from './http/origin-policy.middleware.js';
import { securityHeaders } from './http/security-headers.middleware.js';
import { SecondFactorCoreModule } from './second-factor/second-factor-core.module.js';
import { requestContext } from './sessions/request-context.js';
import { SecondFactorModule } from './second-factor/second-factor.module.js';
import { AccountRequirementsGuard } from './sessions/account-requirements.guard.js';
import { ShutdownModule } from './shutdown/shutdown.module.js';
import { UsersModule } from './users/users.module.js';
import { WebClientModule } from './web-client/web-client.module.js';
import { ignorePreconditions } from './http/ignore-preconditions.middleware.js';

/** The pipeline of every request, in order: middleware, guards, pipe, route; the filter if anything throws. */
@Module({
  imports: [
    ShutdownModule,
    DatabaseModule,
    KeysModule,
    AuditModule,
    OutboxModule,
    MailModule,
    UsersModule,
    AuthModule,
    SecondFactorCoreModule,
    SecondFactorModule,
    PasswordResetModule,
    EmailModule,
    AccountModule,
    IdentitiesModule,
    PasskeysModule,
    PostsModule,
    WebClientModule,
    HealthModule,
    MetricsModule,
    OpenApiModule,
  ],
  providers: [
    { provide: APP_GUARD, useClass: DatabaseReadyGuard },
    { provide: APP_GUARD, useClass: AuthenticatedGuard },
    { provide: APP_GUARD, useClass: AccountRequirementsGuard },
    { provide: APP_GUARD, useClass: UndeclaredBodyGuard },
    { provide: APP_PIPE, useClass: ZodValidationPipe },
    { provide: APP_FILTER, useClass: ErrorFilter },
  ],
})
export class AppModule implements NestModule {
  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    @Inject(LOGGER) private readonly logger: Logger,
    private readonly metrics: MetricsService,
    private readonly host: HttpAdapterHost,
  ) {}

  /** @param extraModules modules in addition to those above */
  static with(config: AppConfig, logger: Logger, extraModules: Type[] = []): DynamicModule {
    return { module: AppModule, imports: [ConfigModule.with(config), LoggingModule.with(logger), ...extraModules] };
  }

  configure(): void {
    const { cookie, allowedOrigins, bodyLimitBytes, metricsPort } = this.config;
    // Registered with Express itself, without a path. Nest's consumer would wrap each once more, and with a wildcard path
    // Express decodes the URL first: a malformed URL would skip all of these.
    this.host.httpAdapter.use(
      requestLog(this.logger),
      requestContext,
      ...(metricsPort === null ? [] : [requestMetrics(this.metrics)]),
      forwardedProto,
      securityHeaders,
      hostRequired,
      cors(allowedOrigins),
      ...(cookie.secure ? [httpsRequired] : []),
      originPolicy(allowedOrigins),
      unsafeGet,
      ignorePreconditions,
      noCredentialsInQuery,
      jsonBody(bodyLimitBytes),
      requestDeadline,
    );
  }
}
