/**
 * What a browser that comes back from a provider in vain is told, in the fragment of the client's address. The closed
 * list; error codes of the API that may stand there as well are in callback.filter.ts.
 */
export const CALLBACK_ERRORS = ['sign_in_failed', 'cancelled', 'already_linked'] as const;

export type CallbackErrorCode = (typeof CALLBACK_ERRORS)[number];

export class CallbackError extends Error {
  constructor(
    readonly code: CallbackErrorCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
