/** What the API's codes mean to the person in front of the page. */

const ENDINGS = {
  session_idle_timeout: 'You were logged out because you had not been active for a while.',
  session_lifetime_exceeded: 'You were logged out because this session reached its maximum age.',
  session_invalid: 'You were logged out because your session is no longer known.',
  not_signed_in: 'You are not logged in any more.',
  logged_out: 'You logged out in another tab.',
  revoked: 'This session was signed out from another device.',
  replaced: 'This session was replaced by a newer login.',
  password_changed: 'Your password was changed on another device, so this one was logged out.',
  account_disabled: 'Your account was disabled.',
  account_deleted: 'Your account was deleted.',
  password_reset: 'Your password was reset, so all sessions were ended.',
  second_factor_changed: 'Your second factor was changed on another device, so this one was logged out.',
  email_change_undone: 'A change of your email address was undone, so all sessions were ended.',
  evicted: 'You logged in on too many devices, so the oldest session was ended: this one.',
};

const ACTIVITY = {
  signed_in: 'Logged in',
  sign_in_failed: 'Failed login',
  signed_out: 'Logged out',
  reauthenticated: 'Password confirmed',
  reauthentication_failed: 'Password not confirmed',
  password_changed: 'Password changed',
  password_change_failed: 'Failed change of password',
  session_revoked: 'Session signed out',
  session_evicted: 'Oldest session ended',
  password_reset: 'Password reset',
  new_device: 'Logged in from a new device',
  email_verified: 'Email address verified',
  email_change_requested: 'Change of email address requested',
  email_changed: 'Email address changed',
  email_removed: 'Email address removed',
  email_change_undone: 'Change of email address undone',
  second_factor_enabled: 'Second factor turned on',
  second_factor_disabled: 'Second factor turned off',
  second_factor_reset: 'Second factor reset',
  second_factor_failed: 'Failed second factor',
  second_factor_locked: 'Codes locked after many failures',
  recovery_code_used: 'Recovery code used',
  recovery_codes_renewed: 'Recovery codes renewed',
  recovery_codes_low: 'Few recovery codes left',
  passkey_added: 'Passkey added',
  passkey_removed: 'Passkey removed',
  passkey_counter_fell: 'Passkey rejected: its counter fell',
  identity_linked: 'Provider linked',
  identity_unlinked: 'Provider unlinked',
  account_disabled: 'Account disabled',
  account_enabled: 'Account enabled',
};

/** Why a visit to a provider led to nothing: `error` in the fragment that it comes back to. */
const PROVIDER_ERRORS = {
  cancelled: 'You did not log in at the provider.',
  already_linked: 'That account belongs to another user here, or yours is linked to another one there.',
  other_account: 'You are logged in to another account. Log out first, then log in by that provider.',
  account_disabled: 'This account is disabled.',
  session_limit_reached: 'You are logged in on too many devices. Log out on one of them first.',
  rate_limited: 'Too many attempts. Try again in a few minutes.',
};

export const providerErrorText = (code) =>
  PROVIDER_ERRORS[code] ?? 'Logging in by that provider did not work. Please try again.';

export const endingText = ({ code, reason }) => ENDINGS[reason] ?? ENDINGS[code] ?? 'Your session has ended.';

export const activityText = (type) => ACTIVITY[type] ?? type;

/** For errors that belong to no field. */
export function errorText({ code, message, retryAfter }) {
  if (code === 'rate_limited' && retryAfter > 0) return `Too many attempts. Try again in ${waitText(retryAfter)}.`;
  if (code === undefined) return 'Something went wrong on this page.';
  return message;
}

function waitText(seconds) {
  return seconds < 90 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minutes`;
}
