import type { Request } from 'express';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AppConfig } from '../config/app.config.js';
import { RequestDeadline } from '../http/request-deadline.middleware.js';
import type { AuthorizationRequest } from './oauth-state.cookie.js';
import type { Provider, ProviderIdentity } from './provider.interface.js';
import { ProvidersRegistry } from './providers.registry.js';

const proof = { state: 'state', nonce: 'nonce', codeVerifier: 'verifier' };
const attempt: AuthorizationRequest = { ...proof, provider: 'slow', returnTo: '/', expires: Infinity };

/** A response that would be in time if it were the only one. */
const late = <T>(response: T, milliseconds: number): Promise<T> =>
  new Promise((resolve) => setTimeout(() => resolve(response), milliseconds));

const identity: ProviderIdentity = { subject: '7', amr: [], profile: () => late({ names: ['ada'] }, 900) };
const slow: Provider = {
  name: 'slow',
  label: 'Slow',
  authorizationUrl: () => late(new URL('https://slow.example'), 1_900),
  exchangeCode: () => late(identity, 1_900),
};

describe('the time that a provider needs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const providers = new ProvidersRegistry({
    providers: { oidc: [], publicUrl: 'https://app.example' },
  } as unknown as AppConfig);
  vi.spyOn(providers, 'get').mockReturnValue(slow);

  it.each<[string, (request: Request) => Promise<unknown>]>([
    ['its address', (request) => providers.authorizationUrl(request, slow.name, proof)],
    ['whom it has recognised', (request) => providers.exchangeCode(request, attempt)],
    ['a profile', (request) => providers.profileOf(request, slow.name, identity)],
  ])('does not count against the deadline of the database: %s', async (_what, ask) => {
    const expire = vi.fn<() => void>();
    const deadline = new RequestDeadline(expire);
    const request = { id: 'request', originalUrl: '/auth/slow/callback?code=x', deadline } as Request;
    const thrice = ask(request)
      .then(() => ask(request))
      .then(() => ask(request))
      .finally(() => deadline.end());
    await vi.advanceTimersByTimeAsync(10_000);
    await thrice;
    expect(expire).not.toHaveBeenCalled();
  });
});
