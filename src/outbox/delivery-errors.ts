/** A delivery that failed for a reason that may pass. `reason` is stored and logged: closed words and codes only. */
export class DeliveryFailed extends Error {
  constructor(
    readonly reason: string,
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** A delivery that no further attempt can save: the job becomes a dead letter. */
export class DeliveryRejected extends DeliveryFailed {}

/** What is stored and logged of any failure: the message of an unknown error may quote what it failed on. */
export function reasonOf(error: unknown): string {
  if (error instanceof DeliveryFailed) return error.reason;
  return error instanceof Error ? error.name : 'unknown';
}
