import { Injectable, Logger } from '@nestjs/common';
import { setTimeout as delay } from 'node:timers/promises';
import { isDatabaseUnavailable } from '../database/mongo-errors.js';
import { DeliveryFailed, DeliveryRejected, reasonOf } from './delivery-errors.js';
import { OutboxRepository, type ClaimedJob } from './outbox.repository.js';
import { ATTEMPT_MS, retryDelayMs } from './outbox.schedule.js';
import { OutboxService } from './outbox.service.js';

/** Storing a result is retried, since otherwise a delivered job would be delivered again. */
const STORE_RETRY_MS = 500;
const STORE_LIMIT_MS = 5 * 60_000;

/** Attempts to deliver one claimed job and stores the result. */
@Injectable()
export class OutboxAttemptsService {
  private readonly logger = new Logger('Outbox');

  constructor(
    private readonly outbox: OutboxService,
    private readonly jobs: OutboxRepository,
  ) {}

  /**
   * Delivers a job and stores the result. Never rejects.
   * @param stop aborted when the process is about to exit
   */
  async make(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    try {
      if (job.expiresAt.getTime() <= Date.now()) await this.expire(job, stop);
      else await this.attempt(job, stop);
    } catch (error) {
      this.logger.error(
        { event: 'outbox_result_lost', ...described(job), err: error },
        'the result of a delivery could not be stored',
      );
    }
  }

  private async attempt(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    try {
      await this.deliver(job, stop);
    } catch (error) {
      return this.fail(job, error, stop);
    }
    if (await this.record(stop, () => this.jobs.remove(job))) this.outbox.report(job.kind, 'delivered');
  }

  /** Rejects when the time for an attempt is over, even if the delivery ignores its signal. */
  private async deliver(job: ClaimedJob, stop: AbortSignal): Promise<void> {
    const delivery = this.outbox.deliveries.get(job.kind)!;
    const limit = new AbortController();
    const abort = () => limit.abort();
    const timer = setTimeout(abort, Math.min(delivery.attemptMs ?? ATTEMPT_MS, ATTEMPT_MS));
    stop.addEventListener('abort', abort, { once: true });
    const aborted = new Promise<never>((_resolve, reject) => {
      limit.signal.addEventListener('abort', () => reject(new DeliveryFailed('timeout')), { once: true });
    });
    try {
      await Promise.race([delivery.deliver(job, limit.signal), aborted]);
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
    if (!(await this.record(stop, () => this.jobs.retry(job, new Date(retryAt), reason)))) return;
    this.outbox.report(job.kind, 'retried');
    this.logger.warn({ event: 'outbox_retry', ...described(job), reason }, 'a delivery failed and will be retried');
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
    if (!(await this.record(stop, () => this.jobs.bury(job, reason, keepPayload)))) return;
    this.outbox.report(job.kind, result);
    this.logger.error({ event: 'outbox_dead_letter', ...described(job), result, reason }, 'a delivery was given up');
  }

  /** Retries while the database is unavailable. @returns false if another process has claimed the job since */
  private async record(stop: AbortSignal, write: () => Promise<boolean>): Promise<boolean> {
    const limit = Date.now() + STORE_LIMIT_MS;
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (!isDatabaseUnavailable(error) || stop.aborted || Date.now() > limit) throw error;
        await delay(STORE_RETRY_MS, undefined, { ref: false });
      }
    }
  }
}

const described = ({ kind, _id, attempts }: ClaimedJob) => ({ kind, job: _id.toHexString(), attempts });
