import { z } from 'zod';
import type { AppConfig } from '../config/app.config.js';
import { providersSchema, providersView } from './identities.views.js';
import type { Provider } from './provider.interface.js';

const flag = (description: string) => z.boolean().meta({ description, examples: [true] });

export const signInMethodsSchema = z
  .strictObject({
    password: z.literal(true),
    passwordReset: flag('Whether a lost password can be reset by mail.'),
    emailVerification: flag('Whether email addresses can be verified.'),
    emailRequired: flag('Whether an account needs a verified address, and a sign-up an address.'),
    passkeys: flag('Whether passkeys sign in.'),
    totp: flag('Whether accounts can turn on codes of an authenticator app.'),
    secondFactorRequired: flag('Whether every account needs a second factor.'),
    providers: providersSchema.shape.items,
  })
  .meta({ id: 'SignInMethods' });

export type SignInMethodsView = z.output<typeof signInMethodsSchema>;

export function signInMethodsView(
  { mail, email, secondFactor }: AppConfig,
  { totp, passkeys, providers }: { totp: boolean; passkeys: boolean; providers: readonly Provider[] },
): SignInMethodsView {
  return {
    password: true,
    passwordReset: mail !== null,
    emailVerification: mail !== null,
    emailRequired: email.verificationRequired,
    passkeys,
    totp,
    secondFactorRequired: secondFactor === 'required',
    providers: providersView(providers).items,
  };
}
