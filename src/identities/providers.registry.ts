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

/** For all that one request has to know of a provider. */
const TIMEOUT_SECONDS = 2;
/** For what it can do without. */
const PROFILE_TIMEOUT_SECONDS = 1;

/** The providers that settings name; every question to one of them goes through here. */
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
  async authorizationUrl(request: Request, name: string, proof: AuthorizationChecks, fresh = false): Promise<URL> {
    return this.ask(request, name, (provider) => provider.authorizationUrl(proof, fresh));
  }

  /** @throws {AppError} provider_unavailable @throws {CallbackError} sign_in_failed, cancelled */
  async exchangeCode(request: Request, attempt: AuthorizationRequest): Promise<ProviderIdentity> {
    const callback = new URL(this.callbackOf(attempt.provider));
    callback.search = new URL(request.originalUrl, callback).search;
    return this.ask(request, attempt.provider, (provider) => provider.exchangeCode(callback, attempt));
  }

  /** What a new account may start from: nothing, where the provider does not tell. */
  async profileOf(request: Request, name: string, identity: ProviderIdentity): Promise<ProviderProfile> {
    try {
      return await request.deadline.pauseWhile(() => inTime(identity.profile(), PROFILE_TIMEOUT_SECONDS));
    } catch (error) {
      this.logger.warn({ event: 'provider_profile_failed', requestId: request.id, provider: name }, describe(error));
      return { names: [] };
    }
  }

  /** Of settings and not of the request: which host that names is the client's to say. */
  private callbackOf(name: string): string {
    return `${this.config.providers.publicUrl}/auth/${name}/callback`;
  }

  /** The wait for a provider is not the database's; it has a bound of its own. */
  private async ask<T>(request: Request, name: string, question: (provider: Provider) => Promise<T>): Promise<T> {
    const provider = this.get(name);
    try {
      return await request.deadline.pauseWhile(() => inTime(question(provider), TIMEOUT_SECONDS));
    } catch (error) {
      if (isUnavailable(error)) throw new AppError('provider_unavailable', { cause: new Error(describe(error)) });
      if (isRefusal(error)) throw new CallbackError('cancelled');
      const fields = { event: 'provider_sign_in_failed', requestId: request.id, provider: name };
      this.logger.warn(fields, describe(error));
      throw new CallbackError('sign_in_failed');
    }
  }
}

async function inTime<T>(answer: Promise<T>, seconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new ProviderUnavailableError('no answer in time')), seconds * 1000);
  });
  // A request that is still under way ends by its own timeout; its result is ignored.
  answer.catch(() => undefined);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

function isUnavailable(error: unknown): boolean {
  if (error instanceof ProviderUnavailableError) return true;
  // fetch: no connection, or one that broke off.
  if (error instanceof TypeError) return !('code' in error);
  if (error instanceof ResponseBodyError) return error.status >= 500;
  if (!(error instanceof ClientError)) return false;
  if (error.cause instanceof Response) return error.cause.status >= 500;
  return error.code === 'OAUTH_TIMEOUT' || error.code === 'OAUTH_ABORT';
}

/** How providers say that the user has cancelled: the standard's word, and LinkedIn's. */
const CANCELLED = ['access_denied', 'user_cancelled_login', 'user_cancelled_authorize'];

const isRefusal = (error: unknown): boolean =>
  error instanceof AuthorizationResponseError && CANCELLED.includes(error.error);

/** For the log, without what came along: that may hold tokens. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  // It quotes what could not be read.
  if (error instanceof SyntaxError) return error.name;
  const { name, message, cause } = error;
  const code = 'error' in error ? error.error : 'code' in error ? error.code : '';
  return [`${name}: ${message}`, errorCode(code), cause instanceof Error ? describe(cause) : '']
    .filter(Boolean)
    .join('; ');
}

/** The provider's or the callback URL's own text: anything but a plain word could forge or flood the log. */
function errorCode(code: unknown): string {
  return typeof code === 'string' && /^[\w.-]{0,64}$/.test(code) ? code : 'an error code that is no word';
}
