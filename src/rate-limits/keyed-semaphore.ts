import PQueue from 'p-queue';
import { AppError } from '../errors/app.error.js';

/** Lines, one for each id, in which so many at a time have their turn, within this process. */
export class Turns {
  private readonly lines = new Map<string, PQueue>();

  constructor(
    private readonly atOnce: number,
    private readonly maxWaitMs: number,
  ) {}

  /**
   * @returns what ends the turn
   * @throws {AppError} overloaded, when it would come too late
   */
  begin(id: string): Promise<() => void> {
    const line = this.lines.get(id) ?? this.newLine(id);
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

  private newLine(id: string): PQueue {
    const line = new PQueue({ concurrency: this.atOnce });
    line.on('idle', () => this.lines.delete(id));
    this.lines.set(id, line);
    return line;
  }
}
