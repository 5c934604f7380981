import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const SWEEP_MS = 5_000;
/** Sweeps without progress before a connection is closed: within 60 s after its client stopped reading. */
const MAX_STALLED_SWEEPS = 10;
/** The limit for unread responses of all clients, in bytes. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
/** Smaller responses do not count: they fit into the buffers of the kernel, and MAX_CONNECTIONS limits the rest. */
const MIN_COUNTED_BYTES = 16 * 1024;
/** Pipelined requests per connection. Browsers send none, load generators about ten. */
const MAX_PIPELINED = 32;

/**
 * Limits the memory of responses that clients do not read. A response without progress is aborted after a minute. Above
 * MAX_HELD_BYTES, the oldest unread response is aborted.
 */
export class UnreadResponses {
  private readonly sockets = new Map<Socket, { stalledSweeps: number; bytesWritten: number }>();
  /** Oldest first. */
  private readonly held = new Map<ServerResponse, number>();
  private heldBytes = 0;

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => {
      this.sockets.set(socket, { stalledSweeps: 0, bytesWritten: 0 });
      socket.once('close', () => this.sockets.delete(socket));
    });
    const timer = setInterval(() => this.sweep(), SWEEP_MS).unref();
    server.once('close', () => clearInterval(timer));
  }

  /** Must be called after `response.end` has passed everything to the socket. */
  ended(response: ServerResponse): void {
    const bytes = response.writableLength;
    if (bytes < MIN_COUNTED_BYTES) return;
    this.held.set(response, bytes);
    this.heldBytes += bytes;
    response.once('close', () => this.release(response));
    for (const oldest of this.held.keys()) {
      if (this.heldBytes <= MAX_HELD_BYTES) return;
      this.release(oldest);
      oldest.destroy();
    }
  }

  private release(response: ServerResponse): void {
    this.heldBytes -= this.held.get(response) ?? 0;
    this.held.delete(response);
  }

  private sweep(): void {
    for (const [socket, state] of this.sockets) {
      // A streamed response makes progress with each chunk, a response that was written at once only when it is complete.
      const stalled = socket.writableLength > 0 && socket.bytesWritten === state.bytesWritten;
      state.stalledSweeps = stalled ? state.stalledSweeps + 1 : 0;
      state.bytesWritten = socket.bytesWritten;
      if (state.stalledSweeps >= MAX_STALLED_SWEEPS) socket.destroy();
    }
  }
}

/**
 * Handles the requests of a connection one at a time, each after the client has received the previous response. Otherwise one
 * packet of pipelined requests would produce hundreds of responses for a client that reads none.
 */
export function oneAtATime(handle: RequestListener): RequestListener {
  const waiting = new WeakMap<Socket, number>();
  return (request, response) => {
    // Node assigns the socket when the previous response is complete; without pipelining, at once.
    if (response.socket) return handle(request, response);
    const { socket } = request;
    const ahead = (waiting.get(socket) ?? 0) + 1;
    if (ahead > MAX_PIPELINED) return void socket.destroy();
    waiting.set(socket, ahead);
    response.once('socket', () => {
      waiting.set(socket, waiting.get(socket)! - 1);
      handle(request, response);
    });
  };
}
