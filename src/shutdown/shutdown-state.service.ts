import { Injectable } from '@nestjs/common';
import { setMaxListeners } from 'node:events';

/** Whether the shutdown has begun: readiness turns 503 at once, and open event streams end. */
@Injectable()
export class ShutdownStateService {
  private readonly controller = new AbortController();

  constructor() {
    // Every open event stream adds a listener.
    setMaxListeners(0, this.controller.signal);
  }

  get stopping(): boolean {
    return this.controller.signal.aborted;
  }

  /** Aborted when the shutdown begins. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
