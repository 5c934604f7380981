import type { ObjectId } from 'mongodb';

/** Something to deliver outside of the database, such as a mail. */
export interface OutboxJob<P = unknown> {
  _id: ObjectId;
  kind: string;
  payload: P;
  /** The account that the job is deleted with. */
  userId?: ObjectId;
  /** Random bytes, base64url, from which the key `keyId` derives a secret of the delivery. */
  nonce?: string;
  keyId?: string;
  /** The number of attempts, including a running one. */
  attempts: number;
  /** When the job can be claimed; during an attempt, the end of the lease. Absent in dead letters. */
  nextAt?: Date;
  /** Identifies the lease: only its holder stores the result. */
  leaseId?: string;
  /** A job that is not delivered by then becomes a dead letter. */
  expiresAt: Date;
  createdAt: Date;
  /** Why the last attempt failed: fixed words and status codes, never text of a server or client. */
  lastFailure?: string;
  /** When the job became a dead letter. */
  deadAt?: Date;
  /** When the TTL index removes the job, in any state. */
  removeAt: Date;
}

export type NewJob<P = unknown> = Pick<OutboxJob<P>, 'kind' | 'payload' | 'userId' | 'nonce' | 'keyId' | 'expiresAt'>;

/** How one kind of job is delivered. */
export interface Delivery<P = unknown> {
  kind: string;
  /**
   * For jobs that unauthenticated requests cause: at most 10,000 of them wait, further ones are dropped, and their dead
   * letters keep no payload.
   */
  bounded?: boolean;
  /** How long one attempt may take. Default and upper bound: 45 s, so that it ends before its lease of 60 s. */
  attemptMs?: number;
  /**
   * Delivers one job. May run again for a delivered job: a process can die before it stores the result.
   * @param signal aborted when the time for the attempt is over; the delivery must then end at once
   * @throws {DeliveryRejected} if no retry can succeed; any other error is retried
   */
  deliver: (job: OutboxJob<P>, signal: AbortSignal) => Promise<void>;
}

/** The `result` label of `outbox_deliveries_total`. */
export const DELIVERY_RESULTS = ['delivered', 'retried', 'rejected', 'expired', 'dropped'] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];
