import type { Level } from 'pino';
import type { AuditEventType } from '../audit/audit.types.js';
import type { ErrorCode } from '../errors/error-codes.js';

/**
 * Security events of the log, with their levels.
 * @see https://cheatsheetseries.owasp.org/cheatsheets/Logging_Vocabulary_Cheat_Sheet.html
 */
export const SECURITY_EVENTS = {
  authn_login_success: 'info',
  authn_login_fail: 'warn',
  authn_login_fail_max: 'warn',
  authn_password_change: 'info',
  authn_password_change_fail: 'warn',
  authz_fail: 'warn',
  excess_rate_limit_exceeded: 'warn',
  input_validation_fail: 'warn',
  malicious_cors: 'warn',
  session_expired: 'info',
  session_renewed: 'info',
  session_use_after_expire: 'warn',
  user_created: 'info',
  user_deleted: 'info',
  user_updated: 'info',
} as const satisfies Record<string, Level>;

export type SecurityEvent = keyof typeof SECURITY_EVENTS;

/** The log event of each audit event type. */
export const LOG_EVENT_BY_AUDIT_TYPE: Record<AuditEventType, SecurityEvent> = {
  signed_in: 'authn_login_success',
  sign_in_failed: 'authn_login_fail',
  signed_out: 'session_expired',
  reauthenticated: 'session_renewed',
  reauthentication_failed: 'authn_login_fail',
  password_changed: 'authn_password_change',
  password_removed: 'authn_password_change',
  password_change_failed: 'authn_password_change_fail',
  session_revoked: 'session_expired',
  session_evicted: 'session_expired',
  identity_linked: 'user_updated',
  identity_unlinked: 'user_updated',
  account_disabled: 'user_updated',
  account_enabled: 'user_updated',
  password_reset: 'authn_password_change',
  email_change_requested: 'user_updated',
  email_changed: 'user_updated',
  email_removed: 'user_updated',
  email_change_undone: 'user_updated',
  second_factor_enabled: 'user_updated',
  second_factor_disabled: 'user_updated',
  second_factor_reset: 'user_updated',
  second_factor_failed: 'authn_login_fail',
  second_factor_locked: 'authn_login_fail_max',
  recovery_code_used: 'user_updated',
  recovery_codes_renewed: 'user_updated',
  recovery_codes_low: 'user_updated',
  passkey_added: 'user_updated',
  passkey_removed: 'user_updated',
  passkey_counter_fell: 'authn_login_fail',
  new_device: 'authn_login_success',
};

/** The log event of each error code; null if it is no security event, or an audit event logs it already. */
export const LOG_EVENT_BY_ERROR_CODE: Record<ErrorCode, SecurityEvent | null> = {
  validation_failed: 'input_validation_fail',
  malformed_json: 'input_validation_fail',
  credentials_in_query: 'input_validation_fail',
  invalid_credential: 'authn_login_fail',
  invalid_credentials: null,
  second_factor_required: null,
  sign_in_expired: 'authn_login_fail',
  unknown_passkey: 'authn_login_fail',
  not_signed_in: 'authz_fail',
  session_invalid: 'authz_fail',
  session_idle_timeout: 'session_use_after_expire',
  session_lifetime_exceeded: 'session_use_after_expire',
  session_revoked: 'session_use_after_expire',
  origin_not_allowed: 'malicious_cors',
  https_required: 'authz_fail',
  reauthentication_required: 'authz_fail',
  wrong_password: null,
  code_required: null,
  wrong_code: null,
  second_factor_setup_required: 'authz_fail',
  account_disabled: 'authn_login_fail',
  forbidden: 'authz_fail',
  not_found: null,
  method_not_allowed: null,
  username_taken: null,
  session_limit_reached: 'authn_login_fail',
  nothing_to_verify: null,
  passkey_exists: null,
  passkey_limit_reached: null,
  last_sign_in_method: null,
  payload_too_large: 'input_validation_fail',
  unsupported_media_type: 'input_validation_fail',
  rate_limited: 'excess_rate_limit_exceeded',
  internal_error: null,
  database_unavailable: null,
  overloaded: null,
  provider_unavailable: null,
  shutting_down: null,
};
