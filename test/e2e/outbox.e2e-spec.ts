import { once } from 'node:events';
import { Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { ObjectId, type Document } from 'mongodb';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DatabaseService } from '../../src/database/database.service.js';
import { DeliveryFailed } from '../../src/outbox/delivery-errors.js';
import { retryDelayMs } from '../../src/outbox/outbox.schedule.js';
import { OutboxRepository } from '../../src/outbox/outbox.repository.js';
import { OutboxService } from '../../src/outbox/outbox.service.js';
import type { OutboxJob } from '../../src/outbox/outbox.types.js';
import { scrape } from '../support/metrics.js';
import { databaseUri, startTestApp, type TestApp } from '../support/test-app.js';

/** Kinds that only these tests know: what is delivered lands in a list, in order. */
@Injectable()
class Deliveries implements OnModuleInit {
  readonly made: { kind: string; name: string }[] = [];
  /** What an attempt does; it succeeds unless a test says otherwise. */
  behave: (job: OutboxJob<{ name: string }>, signal: AbortSignal) => Promise<void> = () => Promise.resolve();

  constructor(private readonly outbox: OutboxService) {}

  onModuleInit(): void {
    for (const kind of ['parcel', 'letter', 'request', 'urgent']) {
      this.outbox.register<{ name: string }>({
        kind,
        bounded: kind === 'request',
        ...(kind === 'urgent' && { attemptMs: 20 }),
        deliver: async (job, signal) => {
          await this.behave(job, signal);
          this.made.push({ kind, name: job.payload.name });
        },
      });
    }
  }
}

@Module({ providers: [Deliveries] })
class DeliveriesModule {}

const running: TestApp[] = [];
let app: TestApp;

async function start(settings: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const started = await startTestApp(settings, { features: [DeliveriesModule] });
  running.push(started);
  return started;
}

beforeAll(async () => {
  app = await start();
});
afterEach(async () => {
  deliveries().behave = () => Promise.resolve();
  await jobs().deleteMany({});
  deliveries().made.length = 0;
});
afterAll(async () => {
  for (const one of running) await one.close();
});

/** Nest's own logger belongs to the app that was started last. */
const logged = () => running.flatMap(({ logs }) => logs);
const service = (of = app) => of.app.get(OutboxService, { strict: false });
const deliveries = (of = app) => of.app.get(Deliveries, { strict: false });
const jobs = () => app.db.collection('outbox');
const inAnHour = () => new Date(Date.now() + 3_600_000);
const job = (kind: string, name: string, more = {}) => ({ kind, payload: { name }, expiresAt: inAnHour(), ...more });
const settled = (filter: Document) => jobs().findOne({ attempts: { $gt: 0 }, ...filter, leaseId: { $exists: false } });

describe('a job', () => {
  it('is delivered once its transaction is committed, and never if that is aborted', async () => {
    const database = app.app.get(DatabaseService, { strict: false });
    const lost = database.transaction(async (transaction) => {
      await service().enqueue(job('parcel', 'lost'), transaction);
      throw new Error('aborted');
    });
    await expect(lost).rejects.toThrow('aborted');
    await database.transaction(async (transaction) => {
      await service().enqueue(job('parcel', 'kept'), transaction);
      await delay(50);
      expect(deliveries().made).toEqual([]);
    });
    await expect.poll(() => deliveries().made).toEqual([{ kind: 'parcel', name: 'kept' }]);
    await expect.poll(() => jobs().countDocuments()).toBe(0);
  });

  it('that fails is retried after 5 s, 10 s, 20 s and so on, 30 min at most', async () => {
    expect([1, 2, 3, 9, 10, 11, 50].map(retryDelayMs)).toEqual([
      5_000, 10_000, 20_000, 1_280_000, 1_800_000, 1_800_000, 1_800_000,
    ]);
    deliveries().behave = () => Promise.reject(new DeliveryFailed('not yet'));
    await service().enqueue(job('parcel', 'one'));
    await expect.poll(() => settled({ kind: 'parcel' })).toMatchObject({ attempts: 1, lastFailure: 'not yet' });
    await jobs().updateOne({}, { $set: { nextAt: new Date() } });
    await expect.poll(() => settled({ attempts: 2 })).not.toBeNull();
    const { nextAt } = (await jobs().findOne())!;
    expect(Math.abs((nextAt as Date).getTime() - Date.now() - 10_000)).toBeLessThan(5_000);
  });

  it('that failed is claimed by a poll, and not when another job is stored', async () => {
    const repository = app.app.get(OutboxRepository, { strict: false });
    // No worker delivers this kind, so only this test claims its jobs.
    const retry = { ...job('no worker', 'retry'), attempts: 1, nextAt: new Date(), createdAt: new Date() };
    await jobs().insertOne(retry);
    expect(await repository.kindsDue(['no worker'], 'new')).toEqual([]);
    expect(await repository.claim('no worker', 'new')).toBeNull();
    expect(await repository.kindsDue(['no worker'], 'all')).toEqual(['no worker']);
    expect(await repository.claim('no worker', 'all')).toMatchObject({ payload: { name: 'retry' }, attempts: 2 });
  });

  it('whose attempt takes too long is aborted and retried, even if its delivery ignores the signal', async () => {
    const signals: AbortSignal[] = [];
    deliveries().behave = (_job, signal) => new Promise(() => signals.push(signal));
    await service().enqueue(job('urgent', 'stuck'));
    await expect.poll(() => settled({ kind: 'urgent' })).toMatchObject({ attempts: 1, lastFailure: 'timeout' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(deliveries().made).toEqual([]);
  });

  it('fails with a reason that does not quote its input', async () => {
    deliveries().behave = () => Promise.reject(new TypeError('geheim'));
    await service().enqueue(job('parcel', 'one'));
    await expect.poll(() => settled({ lastFailure: 'TypeError' })).not.toBeNull();
    expect(JSON.stringify([logged(), await jobs().find().toArray()])).not.toContain('geheim');
  });

  it('that expires is not delivered, but kept for seven days', async () => {
    await service().enqueue(job('letter', 'late', { expiresAt: new Date(), nonce: 'nonce', keyId: 'key' }));
    await expect.poll(() => jobs().findOne({ deadAt: { $exists: true } })).not.toBeNull();
    const dead = (await jobs().findOne())!;
    expect(dead).toMatchObject({ lastFailure: 'expired', payload: { name: 'late' } });
    expect(dead).not.toHaveProperty('nonce');
    expect((dead.removeAt as Date).getTime() - Date.now()).toBeGreaterThan(6.9 * 24 * 3_600_000);
    expect(deliveries().made).toEqual([]);
    await expect
      .poll(logged)
      .toContainEqual(expect.objectContaining({ event: 'outbox_dead_letter', result: 'expired' }));
  });

  it('of a process that died is delivered by another one when the lease ends', async () => {
    const lease = { leaseId: 'of-the-dead', attempts: 1, nextAt: new Date(Date.now() + 1_000) };
    const left = {
      _id: new ObjectId(),
      ...job('parcel', 'left'),
      ...lease,
      createdAt: new Date(),
      removeAt: inAnHour(),
    };
    await jobs().insertOne(left);
    await service().enqueue(job('parcel', 'new'));
    await expect.poll(() => deliveries().made.map(({ name }) => name)).toEqual(['new', 'left']);
  });

  it('whose lease another process has taken over is left to that process: the first one stores no result', async () => {
    let finish = () => {};
    deliveries().behave = () => new Promise<void>((resolve) => (finish = resolve));
    await service().enqueue(job('parcel', 'slow'));
    await expect.poll(() => jobs().findOne({ leaseId: { $exists: true } })).not.toBeNull();
    await jobs().updateOne({}, { $set: { leaseId: 'theirs' } });
    finish();
    await expect.poll(() => deliveries().made).toHaveLength(1);
    await service().enqueue(job('letter', 'later'));
    await expect.poll(() => jobs().findOne({ leaseId: 'theirs' })).not.toBeNull();
    expect(await jobs().countDocuments({ leaseId: 'theirs' })).toBe(1);
  });

  it('that is under way when its process stops can be claimed by another one at once', async () => {
    deliveries().behave = () => Promise.reject(new DeliveryFailed('not here'));
    const first = await start({ MONGODB_URI: databaseUri(app.db.databaseName) });
    const begun = new Promise<void>((resolve) => {
      deliveries(first).behave = async (_job, signal) => {
        resolve();
        await once(signal, 'abort');
        throw new Error('aborted');
      };
    });
    await service(first).enqueue(job('parcel', 'interrupted'));
    await begun;
    await first.app.close();
    const released = (await jobs().findOne())!;
    expect(released).not.toMatchObject({ lastFailure: 'timeout' });
    await expect.poll(() => settled({ lastFailure: 'not here' })).not.toBeNull();
  });
});

describe('two processes', () => {
  it('share the jobs: each is delivered once', async () => {
    const other = await start({ MONGODB_URI: databaseUri(app.db.databaseName) });
    for (const one of [app, other]) deliveries(one).behave = () => delay(20);
    const names = Array.from({ length: 60 }, (_, n) => `job ${n}`);
    await Promise.all(names.map((name, n) => service(n % 2 ? app : other).enqueue(job('parcel', name))));
    const made = () => [...deliveries().made, ...deliveries(other).made].map(({ name }) => name);
    await expect.poll(() => made().length).toBe(60);
    expect(made().sort()).toEqual(names.sort());
    expect(deliveries().made.length).toBeGreaterThan(0);
    expect(deliveries(other).made.length).toBeGreaterThan(0);
    await other.app.close();
  });
});

describe('kinds of jobs', () => {
  it('are claimed in turn: many jobs of one kind do not delay another', async () => {
    deliveries().behave = () => delay(5);
    const flood = Array.from({ length: 100 }, (_, n) => job('parcel', `parcel ${n}`));
    await service().enqueueAll([...flood, job('letter', 'one'), job('letter', 'two')]);
    await expect.poll(() => deliveries().made.filter(({ kind }) => kind === 'letter')).toHaveLength(2);
    expect(deliveries().made.length).toBeLessThan(30);
  });

  it('that are bounded drop a job if 10,000 wait, and accept one when there is room', async () => {
    const waiting = { kind: 'request', nextAt: inAnHour(), attempts: 0, expiresAt: inAnHour(), createdAt: new Date() };
    await jobs().insertMany(Array.from({ length: 10_000 }, () => ({ ...waiting })));
    expect(await service().enqueue(job('request', 'too many'))).toBe(false);
    expect(await service().enqueue(job('parcel', 'unbounded'))).toBe(true);
    await expect.poll(() => deliveries().made).toContainEqual({ kind: 'parcel', name: 'unbounded' });
    await expect.poll(logged).toContainEqual(expect.objectContaining({ event: 'outbox_full', kind: 'request' }));
    await jobs().deleteOne({ kind: 'request' });
    expect(await service().enqueue(job('request', 'in time'))).toBe(true);
  });

  it('that are bounded keep no payload in a dead letter', async () => {
    await service().enqueue(job('request', 'geheim', { expiresAt: new Date() }));
    await expect.poll(() => jobs().findOne({ deadAt: { $exists: true } })).toMatchObject({ payload: null });
  });
});

describe('the jobs of an account', () => {
  it('are removed by kind', async () => {
    const userId = new ObjectId();
    const nextAt = inAnHour();
    await jobs().insertMany(['parcel', 'letter'].map((kind) => ({ kind, userId, nextAt, attempts: 0 })));
    await service().removeOf(userId, ['parcel']);
    expect(await jobs().find().toArray()).toMatchObject([{ kind: 'letter' }]);
  });
});

describe('the metrics', () => {
  it('count deliveries by kind and result, and include the age of the oldest waiting job', async () => {
    const measured = await start({ METRICS_PORT: '0' });
    const outbox = measured.db.collection('outbox');
    await outbox.insertOne({ kind: 'letter', nextAt: inAnHour(), createdAt: new Date(Date.now() - 60_000) });
    const before = await scrape(measured.logs);
    expect(before).toContain('outbox_deliveries_total{kind="parcel",result="delivered"} 0');
    expect(before).toContain('outbox_oldest_pending_seconds{kind="parcel"} 0');
    expect(Number(/outbox_oldest_pending_seconds\{kind="letter"\} (\S+)/.exec(before)![1])).toBeGreaterThan(59);
    await service(measured).enqueue(job('parcel', 'one'));
    await expect
      .poll(() => scrape(measured.logs))
      .toContain('outbox_deliveries_total{kind="parcel",result="delivered"} 1');
  });
});
