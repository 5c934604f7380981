import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { APP_CONFIG, type AppConfig } from '../config/app.config.js';
import { AppError } from '../errors/app.error.js';
import type { AuthorizationRequest } from './oauth-state.cookie.js';
import { CallbackError } from './callback.error.js';
import { GithubProvider } from './github.provider.js';
import { OidcProvider } from './oidc.provider.js';
import {
  ProviderUnavailableError,
  type AuthorizationChecks,
  type Provider,
  type ProviderIdentity,
  type ProviderProfile,
} from './provider.interface.js';

/** The limit for all calls of one request to a provider. */
const TIMEOUT_SECONDS = 2;
/** The limit for optional data. */
const PROFILE_TIMEOUT_SECONDS = 1;

/** The configured providers. All calls to them go through this class. */
@Injectable()
export class ProvidersRegistry {
  private readonly logger = new Logger('ProvidersRegistry');
  readonly all: readonly Provider[];

  constructor(@Inject(APP_CONFIG) private readonly config: AppConfig) {
    const { oidc, github } = config.providers;
    this.all = [
      ...oidc.map((settings) => new OidcProvider(settings, this.callbackOf(settings.name), TIMEOUT_SECONDS)),
      ...(github ? [new GithubProvider(github, this.callbackOf('github'), TIMEOUT_SECONDS)] : []),
    ];
  }

  /** @throws {AppError} not_found */
  get(name: string): Provider {
    const provider = this.all.find((candidate) => candidate.name === name);
    if (!provider) throw new AppError('not_found');
    return provider;
  }

  /** @throws {AppError} not_found, provider_unavailable */
  async authorizationUrl(request: Request, name: string, checks: AuthorizationChecks, fresh = false): Promise<URL> {
    return this.callProvider(request, name, (provider) => provider.authorizationUrl(checks, fresh));
  }

  /** @throws {AppError} provider_unavailable @throws {CallbackError} sign_in_failed, cancelled */
  async exchangeCode(request: Request, authorization: AuthorizationRequest): Promise<ProviderIdentity> {
    const callback = new URL(this.callbackOf(authorization.provider));
    callback.search = new URL(request.originalUrl, callback).search;
    return this.callProvider(request, authorization.provider, (provider) =>
      provider.exchangeCode(callback, authorization),
    );
  }

  /** Data for a new account; empty if the provider returns none. */
  async profileOf(request: Request, name: string, identity: ProviderIdentity): Promise<ProviderProfile> {
    try {
      return await request.deadline.pauseWhile(() => withTimeout(identity.profile(), PROFILE_TIMEOUT_SECONDS));
    } catch (error) {
      this.logger.warn({ event: 'provider_profile_failed', requestId: request.id, provider: name }, describe(error));
      return { names: [] };
    }
  }

  /** From the settings, not from the request, whose host a client can choose. */
  private callbackOf(name: string): string {
    return `${this.config.providers.publicUrl}/auth/${name}/callback`;
  }

  /** Waiting for a provider does not count against the deadline for the database; it has its own limit. */
  private async callProvider<T>(request: Request, name: string, call: (provider: Provider) => Promise<T>): Promise<T> {
    const provider = this.get(name);
    try {
      return await request.deadline.pauseWhile(() => withTimeout(call(provider), TIMEOUT_SECONDS));
    } catch (error) {
      if (isUnavailable(error)) throw new AppError('provider_unavailable', { cause: new Error(describe(error)) });
      if (isCancelled(error)) throw new CallbackError('cancelled');
      const fields = { event: 'provider_sign_in_failed', requestId: request.id, provider: name };
      this.logger.warn(fields, describe(error));
      throw new CallbackError('sign_in_failed');
    }
  }
}

async function withTimeout<T>(response: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ProviderUnavailableError('no response in time')), seconds * 1000);
  });
  // A request in flight ends by its own timeout; its result is ignored.
  response.catch(() => undefined);
  return Promise.race([response, late]).finally(() => clearTimeout(timer));
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof ProviderUnavailableError) return true;
  // fetch: no connection, or an interrupted one.
  if (error instanceof TypeError) return !('code' in error);
  if (error instanceof ResponseBodyError) return error.status >= 500;
  if (!(error instanceof ClientError)) return false;
  if (error.cause instanceof Response) return error.cause.status >= 500;
  return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT';
}

/** Error codes for a user who has cancelled: that of the standard, and those of LinkedIn. */
const CANCELLED = ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'];

const isCancelled = (error: unknown): boolean =>
  error instanceof AuthorizationResponseError && CANCELLED.includes(error.error);

/** For the log, without the attached data, which may contain tokens. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // Its message quotes the input.
  if (error instanceof SyntaxError) return error.name;
  const { name, message, cause } = error;
  const code = 'error' in error ? error.error : 'code' in error ? error.code : '';
  return [`${name}: ${message}`, errorCode(code), cause instanceof Error ? describe(cause) : '']
    .filter(Boolean)
    .join('; ');
}

/** The text comes from the provider or the callback URL: anything but a plain word could forge or flood the log. */
function errorCode(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{0,64}$/.test(code) ? code : 'an invalid error code';
}
