/** A delivery failed and may succeed later. `reason` is stored and logged: fixed words and status codes only. */
export class DeliveryFailed extends Error {
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** A delivery failed and no retry can succeed: the job becomes a dead letter. */
export class DeliveryRejected extends DeliveryFailed {}

/** The reason to store and log. Not the message of an unknown error, which may quote its input. */
export function reasonOf(error: unknown): string {
  if (error instanceof DeliveryFailed) return error.reason;
  return error instanceof Error ? error.name : 'unknown';
}
