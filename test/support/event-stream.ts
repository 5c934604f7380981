import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Device } from './devices.js';

const agent = new Agent({ maxSockets: Infinity });

/** A client of GET /sessions/current/events. */
export class EventStream {
  /** All that has come so far. */
  text = '';
  /** Settled when the server has ended the stream, or the connection is gone. */
  readonly ended: Promise<void>;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    // A connection that is cut off shows in `complete`.
    response.on('error', () => undefined);
    this.ended = new Promise((resolve) => response.once('close', resolve));
  }

  /** Resolves at the answer's headers, whatever its status. */
  static async open(
    { url }: { url: string },
    { cookie }: Device,
    method = 'GET',
    headers: Record<string, string> = {},
  ): Promise<EventStream> {
    const options = { agent, method, headers: { ...headers, Cookie: cookie } };
    const sent = request(`${url}/sessions/current/events`, options).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return new EventStream(response);
  }

  /** Resolves when this text has come. @throws with what has, when the stream ends before */
  async received(text: string): Promise<void> {
    while (!this.text.includes(text)) {
      if (this.response.closed) throw new Error(`it ended after: ${this.text}`);
      const more = new Promise((resolve) => this.response.once('data', resolve));
      await Promise.race([more, this.ended]);
    }
  }

  /** Waits for the end of the stream. @returns the data of its one event, undefined when it ended without */
  async ending(): Promise<unknown> {
    await this.ended;
    if (!this.response.complete) throw new Error(`cut off after: ${this.text}`);
    const events = [...this.text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)];
    if (events.length > 1 || (events[0] && events[0][1] !== 'session_ended')) throw new Error(this.text);
    return events[0] && JSON.parse(events[0][2]!);
  }

  close(): void {
    this.response.destroy();
  }
}
