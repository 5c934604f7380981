/**
 * The errors of a callback that the client shows to the user, as `error` in the fragment of its URL. callback.filter.ts lists
 * the error codes of the API that it may get as well.
 */
export type CallbackErrorCode = 'sign_in_failed' | 'cancelled' | 'already_linked' | 'other_account';

export class CallbackError extends Error {
  constructor(
    readonly code: CallbackErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
