import type { ObjectId } from 'mongodb';
import type { EventOrigin } from '../logging/security-logger.service.js';
import type { MailSecret } from './mail-secrets.service.js';

/** What an account's owner is told by mail. Each is a type of the account's history too. */
export const NOTICE_KINDS = [
  'password_changed',
  'password_removed',
  'password_reset',
  'email_change_requested',
  'email_changed',
  'email_removed',
  'email_change_undone',
  'second_factor_enabled',
  'second_factor_disabled',
  'second_factor_reset',
  'second_factor_failed',
  'second_factor_locked',
  'recovery_code_used',
  'recovery_codes_renewed',
  'recovery_codes_low',
  'passkey_added',
  'passkey_removed',
  'passkey_counter_fell',
  'identity_linked',
  'identity_unlinked',
  'new_device',
  'account_disabled',
  'account_deleted',
] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a notice names beside the account, the time and the device. Never a secret. */
export interface NoticeDetails {
  oldEmail?: string;
  newEmail?: string;
  provider?: string;
  passkeyName?: string;
  recoveryCodesLeft?: number;
}

/** The link that undoes a change of the email address. */
export interface UndoLink {
  /** Of the record that judges the token. */
  id: ObjectId;
  /** The old verified address: only the mail to it carries the link. */
  to: string;
  secret: MailSecret;
  expiresAt: Date;
}

export interface NoticeContext {
  /** The request that did it, or OPERATOR. */
  origin: EventOrigin;
  /** Public ids of the sessions that the history names. */
  sessionIds?: string[];
  details?: NoticeDetails;
  /** Addresses beside the account's own, such as the new one of a change. */
  also?: string[];
  undo?: UndoLink;
}

/** What a queued notice stores. */
export interface NoticePayload {
  notice: NoticeKind;
  to: string;
  userName: string;
  at: Date;
  /** Empty where the proxy tells no address, and for an operator. */
  ip: string;
  /** For people to read, such as `Firefox on Linux`. */
  device: string;
  byOperator: boolean;
  details: NoticeDetails;
  undo?: { id: ObjectId; expiresAt: Date };
}

/** What a notice's text is made from. */
export interface NoticeInfo extends Omit<NoticePayload, 'notice' | 'to' | 'undo'> {
  appName: string;
  frontendUrl: string;
  undo?: { link: string; expiresAt: Date };
}
