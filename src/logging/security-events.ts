import type { Level } from 'pino';

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
