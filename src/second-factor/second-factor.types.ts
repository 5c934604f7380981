import type { Request } from 'express';
import type { ClientSession, ObjectId } from 'mongodb';
import type { VerifiedFactor } from '../auth/second-factor-gate.js';
import type { UserRecord } from '../users/user.schema.js';

/** In the order that clients offer them. */
export type SecondFactorMethod = 'totp' | 'passkey' | 'recovery_code';

/** What a second factor is proved for. The challenge of a passkey is bound to it. */
export interface FactorUse {
  purpose: 'second_factor' | 'reauthentication' | 'reset';
  /** The continuation, the session's public id, or the hash of the reset token. */
  subject: string;
}

/** What src/passkeys adds to second factors. */
export interface PasskeyFactor {
  /** @throws {AppError} wrong_code */
  verify(request: Request, user: UserRecord, credential: unknown, use: FactorUse): Promise<VerifiedFactor>;
  /** WebAuthn request options for the account's passkeys. */
  options(user: UserRecord, use: FactorUse): Promise<object>;
  /** Removes every passkey of an account. */
  removeAll(userId: ObjectId, transaction?: ClientSession): Promise<void>;
}
