import { z } from 'zod';
import type { SignInMethods } from './linked-identities.repository.js';
import type { Provider } from './provider.interface.js';
import { returnPath } from './return-path.js';

const provider = z.string().meta({ description: 'Its name in URLs.', examples: ['google'] });

export const providersSchema = z
  .strictObject({
    items: z.array(
      z.strictObject({
        provider,
        label: z.string().meta({ description: 'A name to show to users.', examples: ['Google'] }),
      }),
    ),
  })
  .meta({ id: 'Providers' });

export type ProvidersView = z.output<typeof providersSchema>;

export const identitiesSchema = z
  .strictObject({
    hasPassword: z.boolean().meta({ description: 'Whether a password signs in as well.', examples: [true] }),
    items: z.array(z.strictObject({ provider, linkedAt: z.iso.datetime() })),
  })
  .meta({ id: 'Identities' });

export type IdentitiesView = z.output<typeof identitiesSchema>;

export const authorizationUrlSchema = z
  .strictObject({
    location: z.url().meta({
      description: 'The URL to open in the browser within ten minutes.',
      examples: ['https://accounts.google.com/o/oauth2/v2/auth?response_type=code'],
    }),
  })
  .meta({ id: 'AuthorizationUrl' });

export type AuthorizationUrlView = z.output<typeof authorizationUrlSchema>;

export const signInQuery = z.strictObject({ returnTo: returnPath.default('/') });

export type SignInQuery = z.output<typeof signInQuery>;

export function providersView(providers: readonly Provider[]): ProvidersView {
  return { items: providers.map(({ name, label }) => ({ provider: name, label })) };
}

export function identitiesView({ hasPassword, identities }: SignInMethods): IdentitiesView {
  const items = identities.map(({ provider: name, linkedAt }) => ({
    provider: name,
    linkedAt: linkedAt.toISOString(),
  }));
  return { hasPassword, items };
}
