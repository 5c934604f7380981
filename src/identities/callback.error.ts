/**
 * What a browser that comes back from a provider in vain is told, in the fragment of the client's address. The closed
 * list; error codes of the API that may stand there as well are in callback.filter.ts.
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
