import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../database/mongo-errors.js';
import { DeliveryFailed, DeliveryRejected, reasonOf } from './delivery-errors.js';
import { OutboxRepository, type ClaimedJob } from './outbox.repository.js';
import { ATTEMPT_MS, retryDelayMs } from './outbox.schedule.js';
import { OutboxService } from './outbox.service.js';

/** A result that cannot be noted is tried again, since a job that was delivered must not be delivered twice. */
const NOTE_RETRY_MS = 500;
const NOTE_LIMIT_MS = 5 * 60_000;

/** One attempt at one claimed job, and what its result makes of the job. */
@Injectable()
export class OutboxAttemptsService {
  private readonly logger = new Logger('Outbox');

  constructor(
    private readonly outbox: OutboxService,
    private readonly jobs: OutboxRepository,
  ) {}

  /**
   * Delivers a job and notes the result; never rejects.
   * @param stop aborted when the process stops and waits no longer
   */
  async make(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    try {
      if (job.expiresAt.getTime() <= Date.now()) await this.expire(job, stop);
      else await this.attempt(job, stop);
    } catch (error) {
      this.logger.error({ event: 'outbox_result_lost', ...described(job), err: error }, 'a result could not be noted');
    }
  }

  private async attempt(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    try {
      await this.deliver(job, stop);
    } catch (error) {
      return this.fail(job, error, stop);
    }
    if (await this.note(stop, () => this.jobs.remove(job))) this.outbox.report(job.kind, 'delivered');
  }

  /** Ends after ATTEMPT_MS at the latest, whatever the delivery does with its signal. */
  private async deliver(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    const limit = new AbortController();
    const abort = () => limit.abort();
    const timer = setTimeout(abort, ATTEMPT_MS);
    stop.addEventListener('abort', abort, { once: true });
    const aborted = new Promise<never>((_resolve, reject) => {
      limit.signal.addEventListener('abort', () => reject(new DeliveryFailed('timeout')), { once: true });
    });
    try {
      await Promise.race([this.outbox.deliveries.get(job.kind)!.deliver(job, limit.signal), aborted]);
    } finally {
      clearTimeout(timer);
      stop.removeEventListener('abort', abort);
    }
  }

  private async fail(job: ClaimedJob, error: unknown, stop: AbortSignal): Promise<void> {
    if (stop.aborted) return void (await this.jobs.release(job));
    const reason = reasonOf(error);
    if (error instanceof DeliveryRejected) return this.bury(job, reason, 'rejected', stop);
    const retryAt = Math.min(Date.now() + retryDelayMs(job.attempts), job.expiresAt.getTime());
    if (!(await this.note(stop, () => this.jobs.retry(job, new Date(retryAt), reason)))) return;
    this.outbox.report(job.kind, 'retried');
    this.logger.warn({ event: 'outbox_retry', ...described(job), reason }, 'a delivery failed and is tried again');
  }

  private expire(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    return this.bury(job, job.lastFailure ?? 'expired', 'expired', stop);
  }

  private async bury(
    job: ClaimedJob,
    reason: string,
    result: 'rejected' | 'expired',
    stop: AbortSignal,
  ): Promise<void> {
    const keepPayload = !this.outbox.deliveries.get(job.kind)!.bounded;
    if (!(await this.note(stop, () => this.jobs.bury(job, reason, keepPayload)))) return;
    this.outbox.report(job.kind, result);
    this.logger.error({ event: 'outbox_dead_letter', ...described(job), result, reason }, 'a delivery was given up');
  }

  /** @returns false where another process has claimed the job since */
  private async note(stop: AbortSignal, write: () => Promise<boolean>): Promise<boolean> {
    const limit = Date.now() + NOTE_LIMIT_MS;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseUnavailable(error) || stop.aborted || Date.now() > limit) throw error;
        await delay(NOTE_RETRY_MS, undefined, { ref: false });
      }
    }
  }
}

const described = ({ kind, _id, attempts }: ClaimedJob) => ({ kind, job: _id.toHexString(), attempts });
