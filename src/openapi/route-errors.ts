import type { ErrorCode } from '../errors/error-codes.js';
import { isExempt } from '../sessions/account-requirements.guard.js';
import type { DescribedRoute } from './routes.js';

/** Errors that any request may get, from the middleware or from a fault of the server. */
const EVERYWHERE: ErrorCode[] = [
  'credentials_in_query',
  'malformed_json',
  'validation_failed',
  'https_required',
  'payload_too_large',
  'unsupported_media_type',
  'internal_error',
];

/** Errors of AuthenticatedGuard. */
const NOT_AUTHENTICATED: ErrorCode[] = [
  'not_signed_in',
  'session_invalid',
  'session_idle_timeout',
  'session_lifetime_exceeded',
  'session_revoked',
];

/** @param changes whether the origin policy treats it as a write */
export function errorsOf(route: DescribedRoute, path: string, changes: boolean) {
  return new Set<ErrorCode>([
    ...EVERYWHERE,
    ...(route.withoutDatabase ? [] : (['database_unavailable'] as const)),
    ...(changes ? (['origin_not_allowed'] as const) : []),
    ...(route.isPublic ? [] : NOT_AUTHENTICATED),
    ...(route.isPublic || isExempt(path) ? [] : (['email_not_verified', 'second_factor_setup_required'] as const)),
    ...(route.needsRecentSignIn ? (['reauthentication_required'] as const) : []),
    ...(route.needsSecondFactor ? (['second_factor_setup_required', 'reauthentication_required'] as const) : []),
    ...(route.description?.errors ?? []),
  ]);
}
