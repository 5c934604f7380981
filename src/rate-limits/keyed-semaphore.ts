import PQueue from 'p-queue';
import { AppError } from '../errors/app.error.js';

/** Lines, one for each id, in which so many at a time have their turn, within this process. */
export class KeyedSemaphore {
  private readonly queues = new Map<string, PQueue>();

  constructor(
    private readonly permits: number,
    private readonly maxWaitMs: number,
  ) {}

  /**
   * @returns what ends the turn
   * @throws {AppError} overloaded, when it would come too late
   */
  acquire(id: string): Promise<() => void> {
    const line = this.queues.get(id) ?? this.newQueue(id);
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), this.maxWaitMs);
    return new Promise((begin, refuse) => {
      const hold = (): Promise<void> => {
        clearTimeout(timer);
        return new Promise((end) => begin(end));
      };
      line.add(hold, { signal: patience.signal }).catch(() => refuse(new AppError('overloaded')));
    });
  }

  private newQueue(id: string): PQueue {
    const line = new PQueue({ concurrency: this.permits });
    line.on('idle', () => this.queues.delete(id));
    this.queues.set(id, line);
    return line;
  }
}
