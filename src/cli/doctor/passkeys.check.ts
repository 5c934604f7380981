import type { AppConfig } from '../../config/app.config.js';
import { warning, type Problem } from './check.types.js';

/**
 * Origins of PASSKEY_ORIGINS outside of the RP ID's domain: browsers reject the RP ID on their pages. Only a warning: a file
 * `/.well-known/webauthn` on that domain can allow them.
 * @see https://www.w3.org/TR/webauthn-3/#sctn-related-origins
 */
export function passkeyProblems({ passkeys }: AppConfig): Problem[] {
  if (!passkeys) return [];
  const { rpId, origins } = passkeys;
  const outside = origins.filter((origin) => origin.startsWith('http') && !isWithin(new URL(origin).hostname, rpId));
  if (outside.length === 0) return [];
  return [
    warning(
      'passkey_origin_outside_rp_id',
      `Passkeys of ${rpId} do not work on ${outside.join(', ')}, which is not within that domain`,
      'Set PASSKEY_RP_ID to a domain that all origins share, or list them as related origins of that domain.',
    ),
  ];
}

const isWithin = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);
