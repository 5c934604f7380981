import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ObjectId } from 'mongodb';
import type { RevocationReason } from '../errors/error-codes.js';
import type { Encrypted } from '../keys/data-keys.service.js';

/** An account at a provider. Only one user can have it: unique by the index in database/indexes.ts. */
export interface LinkedIdentity {
  provider: string;
  subject: string;
  linkedAt: Date;
}

/** An email address that its change can still be undone for, reserved until then. */
export interface FormerEmail {
  address: string;
  until: Date;
}

/** The TOTP secret that signs in. */
export interface TotpSecret extends Encrypted {
  /** 30-second step of the last accepted code; only codes of later steps are accepted. */
  lastStep: number;
}

/** A TOTP secret whose first code is still to be typed. */
export interface PendingTotp extends Encrypted {
  expiresAt: Date;
}

export interface RecoveryCodes {
  createdAt: Date;
  /** SHA-256 of each unused code. */
  hashes: string[];
}

/** Wrong codes in a row, without expiry. */
export interface WrongCodes {
  /** From devices without a valid device cookie. */
  others: number;
  /** By id of a device with a valid device cookie. */
  devices?: Record<string, number>;
}

/** Initial fields of every new account. */
export const NEW_ACCOUNT = { credentialVersion: 0, roles: ['user'] };

@Schema({ collection: 'users', timestamps: true, versionKey: false })
export class User {
  _id: ObjectId;

  /** Canonical form; unique by the index in database/indexes.ts. */
  @Prop({ type: String, required: true })
  username: string;

  /**
   * Names its scheme and key, see password-hasher.ts. Never selected unless asked for by name. Absent where a provider
   * is the only way to sign in.
   */
  @Prop({ type: String, select: false })
  passwordHash?: string;

  /** Accounts at providers that sign in to this one; read and written by linked-identities.repository.ts. */
  @Prop({ type: [Object], default: undefined, select: false })
  identities?: LinkedIdentity[];

  /**
   * Raised by every change of the password: sessions and device cookies made before it are void. Absent in a database
   * that an older version wrote: counts as 0.
   */
  @Prop({ type: Number, default: NEW_ACCOUNT.credentialVersion })
  credentialVersion?: number;

  /** Why `credentialVersion` was last raised: what sessions from before are told. Absent: `password_changed`. */
  @Prop({ type: String })
  credentialChange?: RevocationReason;

  /** Present while TOTP is on. */
  @Prop({ type: Object })
  totp?: { enabledAt: Date };

  /** How many passkeys the account has; written together with the `passkeys` collection. */
  @Prop({ type: Number })
  passkeyCount?: number;

  /** Read and written by second-factors.repository.ts only, like the three fields below. */
  @Prop({ type: Object, select: false })
  totpSecret?: TotpSecret;

  @Prop({ type: Object, select: false })
  pendingTotp?: PendingTotp;

  @Prop({ type: Object, select: false })
  recoveryCodes?: RecoveryCodes;

  @Prop({ type: Object, select: false })
  wrongCodes?: WrongCodes;

  /** Names the account to authenticators; random, made when it is first needed. */
  @Prop({ type: String, select: false })
  passkeyUserHandle?: string;

  /** As it was typed; its normal form is that of email-address.ts. */
  @Prop({ type: String })
  email?: string;

  /** When a code proved that `email` reaches the user. Absent: the address is unverified, as imported ones are. */
  @Prop({ type: Date })
  emailVerifiedAt?: Date;

  /** The address that is to replace a verified `email` once its code has been typed. */
  @Prop({ type: String })
  pendingEmail?: string;

  /** When the pending change was first asked for: undoing it removes what was added to the account since. */
  @Prop({ type: Date, select: false })
  pendingEmailSince?: Date;

  /** Set where a change of the address was undone: the password is refused until it is reset. */
  @Prop({ type: Boolean, select: false })
  passwordResetRequired?: boolean;

  /** Verified addresses that a change replaced or removed lately. Notices go there too until the change is final. */
  @Prop({ type: [Object], default: undefined })
  formerEmails?: FormerEmail[];

  @Prop({ type: [String], default: () => [...NEW_ACCOUNT.roles] })
  roles: string[];

  @Prop({ type: Date })
  disabledAt?: Date;

  /** Raised by transactions about this account that must wait for each other. */
  @Prop({ type: Number, select: false })
  lock?: number;

  createdAt: Date;
  updatedAt: Date;
}

export const UserSchema = SchemaFactory.createForClass(User);

/** A user without the fields that must be selected by name. */
export type UserRecord = Omit<User, HiddenField>;

type HiddenField =
  | 'passwordHash'
  | 'passwordResetRequired'
  | 'identities'
  | 'pendingEmailSince'
  | 'totpSecret'
  | 'pendingTotp'
  | 'recoveryCodes'
  | 'wrongCodes'
  | 'passkeyUserHandle'
  | 'lock';

/** The same, as a projection for the driver. */
export const PUBLIC_PROJECTION = Object.fromEntries(
  Object.values(UserSchema.paths)
    .filter(({ options }) => options.select === false)
    .map(({ path }) => [path, 0 as const]),
);

export function credentialVersionOf({ credentialVersion = 0 }: Pick<User, 'credentialVersion'>): number {
  return credentialVersion;
}
