import type { AppConfig } from '../../config/app.config.js';
import type { ProviderSettings } from '../../config/provider-settings.js';
import { isLoopback } from '../../net/ip-address.js';
import { failed, warning, type Problem } from './check.types.js';

const TIMEOUT_SECONDS = 3;

/** Reads the metadata of each OpenID provider, as the first sign-in would. */
export async function providerProblems({ providers }: AppConfig): Promise<Problem[]> {
  const problems = await Promise.all(providers.oidc.map(problemsOf));
  return problems.flat();
}

async function problemsOf(settings: ProviderSettings): Promise<Problem[]> {
  const algorithms = await signingAlgorithms(settings).catch(() => undefined);
  if (!algorithms) {
    return [
      warning(
        'provider_unavailable',
        `The metadata of the provider ${settings.name} cannot be read`,
        'Check its issuer in OIDC_PROVIDERS and that this machine reaches it; sign-ins by it get 503 meanwhile.',
      ),
    ];
  }
  return judgeSigningAlgorithms(settings.name, algorithms);
}

/** An ID token signed with the client secret (HS256) proves only that its maker knows the secret, which this app does too. */
export function judgeSigningAlgorithms(name: string, algorithms: string[]): Problem[] {
  if (algorithms.some((algorithm) => /^(RS|PS|ES|Ed)/.test(algorithm))) return [];
  return [
    failed(
      'provider_signs_with_secret',
      `The provider ${name} signs ID tokens with the client secret only (${algorithms.join(', ')})`,
      'Choose an asymmetric algorithm there, such as RS256 or ES256: sign-ins by this provider are rejected.',
    ),
  ];
}

async function signingAlgorithms({ issuer, clientId, clientSecret }: ProviderSettings): Promise<string[]> {
  const client = await import('openid-client');
  const execute = isLoopback(new URL(issuer).hostname) ? [client.allowInsecureRequests] : [];
  const options = { timeout: TIMEOUT_SECONDS, execute };
  const configuration = await client.discovery(new URL(issuer), clientId, clientSecret, undefined, options);
  // The standard's default.
  return configuration.serverMetadata().id_token_signing_alg_values_supported ?? ['RS256'];
}
