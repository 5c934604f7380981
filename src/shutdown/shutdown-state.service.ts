import { Injectable } from '@nestjs/common';
import { setMaxListeners } from 'node:events';

/** Whether the process has been told to stop: readiness says so at once, open event streams end themselves. */
@Injectable()
export class ShutdownStateService {
  private readonly controller = new AbortController();

  constructor() {
    // One listener for every open event stream.
    setMaxListeners(0, this.controller.signal);
  }

  get stopping(): boolean {
    return this.controller.signal.aborted;
  }

  /** Aborted when the stop begins. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  begin(): void {
    this.controller.abort();
  }
}
