import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
import type { ObjectId } from 'mongodb';

/** An account at a provider. Of all accounts here only one has it: unique by the index in database/indexes.ts. */
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

/** What every new account has, whoever makes it. */
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

  /** As it was typed; its normal form is that of email-address.ts. */
  @Prop({ type: String })
  email?: string;

  /** When a code proved that `email` reaches the user. Absent: the address is unverified, as imported ones are. */
  @Prop({ type: Date })
  emailVerifiedAt?: Date;

  /** The address that is to replace a verified `email` once its code has been typed. */
  @Prop({ type: String })
  pendingEmail?: string;

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

/** An account as it is read unless more is asked for by name. */
export type UserRecord = Omit<User, 'passwordHash' | 'identities' | 'lock'>;

/** The same, as a projection for the driver. */
export const WITHOUT_HIDDEN = Object.fromEntries(
  Object.values(UserSchema.paths)
    .filter(({ options }) => options.select === false)
    .map(({ path }) => [path, 0 as const]),
);

export function credentialVersionOf({ credentialVersion = 0 }: Pick<User, 'credentialVersion'>): number {
  return credentialVersion;
}
