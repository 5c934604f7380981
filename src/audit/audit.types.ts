import type { ObjectId } from 'mongodb';

/** Audit event types. The owner of the account sees them in GET /users/me/activity. */
export const AUDIT_EVENT_TYPES = [
  'signed_in',
  'sign_in_failed',
  'signed_out',
  'reauthenticated',
  'reauthentication_failed',
  'password_changed',
  'password_removed',
  'password_change_failed',
  'session_revoked',
  'session_evicted',
  'identity_linked',
  'identity_unlinked',
  'account_disabled',
  'account_enabled',
  'password_reset',
  'email_verified',
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
  'new_device',
] as const;

export type AuditEventType = (typeof AUDIT_EVENT_TYPES)[number];

export interface AuditEvent {
  _id: ObjectId;
  at: Date;
  type: AuditEventType;
  /** Absent for a failed sign-in with an unknown name: the text typed there may be a password. */
  userId?: ObjectId;
  /** Public id of the session that the event is about. */
  sessionId?: string;
  ip: string;
  userAgent: string;
  requestId: string;
  /** When the TTL index removes the event: AUDIT_RETENTION after it happened. */
  expires: Date;
}
