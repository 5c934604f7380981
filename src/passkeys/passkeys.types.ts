import type { ObjectId } from 'mongodb';

/** A WebAuthn credential that signs in to one account. */
export interface Passkey {
  /** The credential id in base64url. As `_id` it is unique over all accounts. */
  _id: string;
  /** The id in URLs. */
  publicId: string;
  userId: ObjectId;
  /** The account's user handle, which a discoverable credential returns with every assertion. */
  userHandle: string;
  /** COSE_Key in base64url. */
  publicKey: string;
  /** The authenticator's signature counter; 0 where it keeps none. */
  counter: number;
  /** Whether the credential may be synced between devices. Fixed for the life of a credential. */
  backupEligible: boolean;
  /** Whether it is synced at present. */
  backedUp: boolean;
  /** Transports that browsers reach the authenticator by, such as `internal` or `hybrid`. */
  transports: string[];
  name: string;
  createdAt: Date;
  lastUsedAt?: Date;
}

/** The result of a verified registration. */
export type NewCredential = Pick<Passkey, 'publicKey' | 'counter' | 'backupEligible' | 'backedUp' | 'transports'> & {
  credentialId: string;
};

/** The state of a credential in a verified assertion. */
export type VerifiedAssertion = Pick<Passkey, 'counter' | 'backupEligible' | 'backedUp'>;
