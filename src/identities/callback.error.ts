/**
 * The errors of a callback that the client shows to the user, as `error` in the fragment of its URL. The client may also get
 * the error codes of the API that callback.filter.ts lists.
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
