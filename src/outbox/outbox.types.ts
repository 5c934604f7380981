import type { ObjectId } from 'mongodb';

/** Something to be delivered outside of the database: a mail, a webhook. */
export interface OutboxJob<P = unknown> {
  _id: ObjectId;
  kind: string;
  payload: P;
  /** The account that the job belongs to, where it must go with that account. */
  userId?: ObjectId;
  /** Random bytes that a secret of the delivery is derived from, base64url; with `keyId`, the key it is derived under. */
  nonce?: string;
  keyId?: string;
  /** Attempts that have begun. */
  attempts: number;
  /** When the job may be claimed; the end of the lease while an attempt is under way. Absent in a dead letter. */
  nextAt?: Date;
  /** Names the claim: only its holder notes the result. */
  leaseId?: string;
  /** After this the delivery is worth nothing, and the job becomes a dead letter. */
  expiresAt: Date;
  createdAt: Date;
  /** Why the last attempt failed: closed words and status codes, never what a server or a client has said. */
  lastFailure?: string;
  /** When the job became a dead letter. */
  deadAt?: Date;
  /** When the TTL index removes it, whatever its state. */
  removeAt: Date;
}

export type NewJob<P = unknown> = Pick<OutboxJob<P>, 'kind' | 'payload' | 'userId' | 'nonce' | 'keyId' | 'expiresAt'>;

/** How one kind of job is delivered. */
export interface Delivery<P = unknown> {
  kind: string;
  /**
   * Set for jobs that unauthenticated requests write: at most 10,000 of them wait, further ones are dropped, and a dead
   * letter keeps no payload.
   */
  bounded?: boolean;
  /**
   * Delivers one job. May run again for a job that was delivered: a process can die before it notes the result.
   * @param signal aborted when the attempt has lasted too long; the delivery must then end at once
   * @throws {DeliveryRejected} when a further attempt cannot succeed; anything else is tried again
   */
  deliver: (job: OutboxJob<P>, signal: AbortSignal) => Promise<void>;
}

/** What an attempt, or the outbox itself, made of a job; the `result` label of `outbox_deliveries_total`. */
export const DELIVERY_RESULTS = ['delivered', 'retried', 'rejected', 'expired', 'dropped'] as const;
export type DeliveryResult = (typeof DELIVERY_RESULTS)[number];
