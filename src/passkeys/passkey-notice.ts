import type { EventOrigin } from '../logging/security-logger.service.js';
import type { Passkey } from './passkeys.types.js';

/** The context of a notice about a passkey. */
export const noticeOf = (origin: EventOrigin, { name }: Passkey) => ({ origin, details: { passkeyName: name } });
