import type { ObjectId } from 'mongodb';
import { AUDIT_EVENT_TYPES, type AuditEventType } from '../audit/audit.types.js';
import type { EventOrigin } from '../logging/security-logger.service.js';
import type { MailSecret } from './mail-secrets.service.js';

/** Audit events that appear in the activity of an account and cause no notice. */
const EVENTS_WITHOUT_NOTICE = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'reauthenticated',
  'reauthentication_failed',
  'password_change_failed',
  'session_revoked',
  'session_evicted',
  'account_enabled',
  'email_verified',
] as const satisfies AuditEventType[];

/** `account_deleted` is no audit event: the events of an account are deleted with it. */
export type NoticeKind = Exclude<AuditEventType, (typeof EVENTS_WITHOUT_NOTICE)[number]> | 'account_deleted';

/** The kinds of notices. A new audit event type causes a notice unless it is listed above. */
export const NOTICE_KINDS: NoticeKind[] = [...AUDIT_EVENT_TYPES.filter(hasNotice), 'account_deleted'];

function hasNotice(type: AuditEventType): type is Exclude<NoticeKind, 'account_deleted'> {
  return !(EVENTS_WITHOUT_NOTICE as readonly AuditEventType[]).includes(type);
}

/** What a notice says in addition to the account, the time and the device. Never a secret. */
export interface NoticeDetails {
  oldEmail?: string;
  newEmail?: string;
  provider?: string;
  passkeyName?: string;
  recoveryCodesLeft?: number;
}

/** The link that undoes a change of the email address. */
export interface UndoLink {
  /** Of the stored record that the token is checked against. */
  id: ObjectId;
  /** The old verified address: only the mail to it carries the link. */
  to: string;
  secret: MailSecret;
  expiresAt: Date;
}

export interface NoticeContext {
  /** The request that caused the event, or OPERATOR. */
  origin: EventOrigin;
  /** Public ids of the sessions that the audit events name. */
  sessionIds?: string[];
  details?: NoticeDetails;
  /** Email addresses to notify in addition to the account's own, such as the new one of a change. */
  also?: string[];
  undo?: UndoLink;
}

/** What a queued notice stores. */
export interface NoticePayload {
  notice: NoticeKind;
  to: string;
  userName: string;
  at: Date;
  /** Empty where the proxy sends no IP address, and for an operator. */
  ip: string;
  /** For people to read, such as `Firefox on Linux`. */
  device: string;
  byOperator: boolean;
  details: NoticeDetails;
  undo?: { id: ObjectId; expiresAt: Date };
}

/** The input of the functions in messages/ that write notices. */
export interface NoticeInfo extends Omit<NoticePayload, 'notice' | 'to' | 'undo'> {
  appName: string;
  frontendUrl: string;
  undo?: { link: string; expiresAt: Date };
}
