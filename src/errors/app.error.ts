import type { SecurityEvent } from '../logging/security-events.js';
import { ERROR_CODES, ISSUE_CODES, type ErrorCode, type IssueCode, type RevocationReason } from './error-codes.js';

/** A problem of one field; `limit` is the violated bound, with too_short, too_long and out_of_range. */
export interface FieldIssue {
  code: IssueCode;
  limit?: number;
}

/** An issue in a response: `path` is the field's name, with dots between levels, or empty for the whole request. */
export interface Issue extends FieldIssue {
  path: string;
  message: string;
}

/** The most issues that a response lists. */
export const MAX_ISSUES = 20;

export interface AppErrorDetails {
  issues?: Issue[];
  reason?: RevocationReason;
  /** Public views of the sessions to choose from, with `session_limit_reached`. */
  sessions?: object[];
  /** The methods that the user can prove their identity with. */
  methods?: string[];
  /** With `second_factor_required`: what POST /users/login/second-factor takes. */
  continuation?: string;
  /** ISO-8601. */
  continuationExpiresAt?: string;
  /** WebAuthn request options, if a passkey is among the methods. */
  options?: object;
  /** Whole seconds, sent as Retry-After. */
  retryAfterSeconds?: number;
  /** Methods that the resource accepts, sent as Allow. */
  allow?: string[];
  /** The log event, if it is more specific than the one of the error code. */
  event?: SecurityEvent;
  /** The underlying error, for the log only. */
  cause?: unknown;
}

/** The only error the API throws on purpose. Its code decides the status and the public message. */
export class AppError extends Error {
  readonly status: number;

  constructor(
    readonly code: ErrorCode,
    readonly details: AppErrorDetails = {},
  ) {
    super(ERROR_CODES[code].message, { cause: details.cause });
    this.status = ERROR_CODES[code].status;
  }
}

export function issue(path: string, code: IssueCode, limit?: number): Issue {
  return { path, code, message: ISSUE_CODES[code], ...(limit !== undefined && { limit }) };
}

export function issuesAt(path: string, found: FieldIssue[]): Issue[] {
  return found.map(({ code, limit }) => issue(path, code, limit));
}

/** `validation_failed` for one field, or for several codes of one field. */
export function validationFailed(path: string, ...codes: IssueCode[]): AppError {
  return new AppError('validation_failed', { issues: codes.map((code) => issue(path, code)) });
}
