/**
 * The closed list of error codes that clients may switch on. A new code does not compile until LOG_EVENT_BY_ERROR_CODE
 * has it, and a test fails until docs/errors.md does. Each code has one status and one constant message, so that no
 * response echoes the request.
 */
export const ERROR_CODES = {
  validation_failed: { status: 400, message: 'The request is not valid; see issues.' },
  malformed_json: { status: 400, message: 'The request body is not valid JSON.' },
  credentials_in_query: { status: 400, message: 'Credentials belong in the JSON body, never in the URL.' },
  invalid_credential: { status: 400, message: 'The passkey could not be verified. Ask for new options and try again.' },
  invalid_token: { status: 400, message: 'The token is invalid: unknown, expired or used.' },
  invalid_credentials: { status: 401, message: 'The username or the password is wrong.' },
  unknown_passkey: { status: 401, message: 'This passkey is not registered here.' },
  second_factor_required: {
    status: 401,
    message: 'The password is right. Complete the sign-in with a second factor; see methods and continuation.',
  },
  sign_in_expired: { status: 401, message: 'The sign-in took too long or is void. Start it again.' },
  not_signed_in: { status: 401, message: 'This needs a signed-in session and the request carried no session cookie.' },
  session_invalid: { status: 401, message: 'The session cookie is not valid. Sign in again.' },
  session_idle_timeout: { status: 401, message: 'The session ended because it was not used for too long.' },
  session_lifetime_exceeded: { status: 401, message: 'The session reached its maximum lifetime. Sign in again.' },
  session_revoked: { status: 401, message: 'The session was ended; see reason.' },
  origin_not_allowed: { status: 403, message: 'Requests from this origin are not allowed.' },
  https_required: {
    status: 403,
    message: 'HTTPS is required. Behind a TLS-terminating proxy, set TRUST_PROXY to the number of proxies.',
  },
  reauthentication_required: { status: 403, message: 'This needs a recent sign-in. Sign in again first; see methods.' },
  wrong_password: { status: 403, message: 'The current password is wrong.' },
  code_required: { status: 403, message: 'This needs a second factor as well; see methods.' },
  wrong_code: { status: 403, message: 'The code is wrong, used or expired.' },
  second_factor_setup_required: {
    status: 403,
    message: 'This needs an account with a second factor. Set one up first.',
  },
  email_not_verified: { status: 403, message: 'This needs a verified email address.' },
  account_disabled: { status: 403, message: 'This account is disabled.' },
  forbidden: { status: 403, message: 'This is not allowed.' },
  not_found: { status: 404, message: 'No such resource.' },
  method_not_allowed: { status: 405, message: 'This method is not allowed for this resource; see the Allow header.' },
  username_taken: { status: 409, message: 'This username is taken.' },
  email_taken: { status: 409, message: 'This email address belongs to another account.' },
  session_limit_reached: {
    status: 409,
    message: 'The account has reached its session limit. Pass the id of a session to end as endSession.',
  },
  nothing_to_verify: { status: 409, message: 'There is nothing to verify or to renew.' },
  last_sign_in_method: { status: 409, message: 'This is the only way left to sign in to the account.' },
  passkey_exists: { status: 409, message: 'This passkey is registered already.' },
  passkey_limit_reached: { status: 409, message: 'The account has as many passkeys as it may have. Remove one first.' },
  request_timeout: { status: 408, message: 'The request did not arrive in time.' },
  payload_too_large: { status: 413, message: 'The request body is too large.' },
  unsupported_media_type: { status: 415, message: 'Request bodies must be application/json in UTF-8.' },
  rate_limited: { status: 429, message: 'Too many attempts. Wait as long as Retry-After says.' },
  headers_too_large: { status: 431, message: 'The request headers are too large. Cookies may have grown too long.' },
  internal_error: { status: 500, message: 'Something went wrong on the server.' },
  database_unavailable: { status: 503, message: 'The database is unavailable right now. Try again shortly.' },
  overloaded: { status: 503, message: 'The server is busy right now. Try again shortly.' },
  provider_unavailable: { status: 503, message: 'The sign-in provider is unavailable right now. Try again shortly.' },
  shutting_down: { status: 503, message: 'The server is stopping. Try again shortly.' },
} as const satisfies Record<string, { status: number; message: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** The problems of a single field of a request, with one message per code. */
export const ISSUE_CODES = {
  required: 'This field is required.',
  wrong_type: 'This field has the wrong type.',
  unknown_field: 'Unknown field.',
  too_short: 'This value is too short.',
  too_long: 'This value is too long.',
  bad_characters: 'This value has characters that are not allowed here.',
  not_well_formed: 'This value is not well formed.',
  common_password: 'This password is on the list of common passwords.',
  equals_username: 'The password must differ from the username.',
  out_of_range: 'This value is out of range.',
} as const satisfies Record<string, string>;

export type IssueCode = keyof typeof ISSUE_CODES;

/** Why a session was revoked; sent to its owner with `session_revoked`. */
export const REVOCATION_REASONS = [
  'logged_out',
  'revoked',
  'replaced',
  'password_changed',
  'second_factor_changed',
  'password_reset',
  'email_change_undone',
  'account_disabled',
  'account_deleted',
  'evicted',
] as const;

export type RevocationReason = (typeof REVOCATION_REASONS)[number];
