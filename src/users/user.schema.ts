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

/** A former email address, reserved for the account while its change can be undone. */
export interface FormerEmail {
  address: string;
  until: Date;
}

/** The confirmed TOTP secret. */
export interface TotpSecret extends Encrypted {
  /** 30-second step of the last accepted code; only codes of later steps are accepted. */
  lastStep: number;
}

/** A TOTP secret that its first code has not confirmed yet. */
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
   * With its scheme and key id, see password-hasher.service.ts. Queries must select it by name. Absent without a password.
   */
  @Prop({ type: String, select: false })
  passwordHash?: string;

  /** Linked accounts at providers. linked-identities.repository.ts and sign-in-methods.repository.ts write them. */
  @Prop({ type: [Object], default: undefined, select: false })
  identities?: LinkedIdentity[];

  /**
   * Raised by every change of the credentials, which voids earlier sessions and device cookies. Absent in documents of older
   * versions, where it counts as 0.
   */
  @Prop({ type: Number, default: NEW_ACCOUNT.credentialVersion })
  credentialVersion?: number;

  /** Why `credentialVersion` was last raised: the revocation reason of earlier sessions. `password_changed` if absent. */
  @Prop({ type: String })
  credentialChange?: RevocationReason;

  /** Present while TOTP is on. */
  @Prop({ type: Object })
  totp?: { enabledAt: Date };

  /** The number of passkeys; written together with the `passkeys` collection. */
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

  /** Identifies the account to authenticators. Random, created when it is first needed. */
  @Prop({ type: String, select: false })
  passkeyUserHandle?: string;

  /** As the user typed it; email-address.ts computes its normal form. */
  @Prop({ type: String })
  email?: string;

  /** When a code verified `email`. Absent: unverified, as imported addresses are. */
  @Prop({ type: Date })
  emailVerifiedAt?: Date;

  /** The address that replaces a verified `email` once its code is typed. */
  @Prop({ type: String })
  pendingEmail?: string;

  /** When the pending change was first requested. Undoing it removes the sign-in methods that were added since. */
  @Prop({ type: Date, select: false })
  pendingEmailSince?: Date;

  /** Set when a change of the email address is undone: the password is rejected until it is reset. */
  @Prop({ type: Boolean, select: false })
  passwordResetRequired?: boolean;

  /** Verified addresses that were recently replaced or removed. Notices also go there until the change is final. */
  @Prop({ type: [Object], default: undefined })
  formerEmails?: FormerEmail[];

  @Prop({ type: [String], default: () => [...NEW_ACCOUNT.roles] })
  roles: string[];

  @Prop({ type: Date })
  disabledAt?: Date;

  /** Written by transactions about this account that must wait for each other. */
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

/** The projection of UserRecord for the driver: excludes all hidden fields. */
export const PUBLIC_PROJECTION = Object.fromEntries(
  Object.values(UserSchema.paths)
    .filter(({ options }) => options.select === false)
    .map(({ path }) => [path, 0 as const]),
);

export function credentialVersionOf({ credentialVersion = 0 }: Pick<User, 'credentialVersion'>): number {
  return credentialVersion;
}
