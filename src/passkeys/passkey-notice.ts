import type { EventOrigin } from '../logging/security-logger.service.js';
import type { Passkey } from './passkeys.types.js';

/** What a notice about a passkey tells. */
export const noticeOf = (origin: EventOrigin, { name }: Passkey) => ({ origin, details: { passkeyName: name } });
