import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import type { Device } from './devices.js';

const agent = new Agent({ maxSockets: Infinity });

/** A client of GET /sessions/current/events. */
export class EventStream {
  /** Everything received so far. */
  text = '';
  /** Settles when the server ends the stream or the connection is lost. */
  readonly ended: Promise<void>;

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8').on('data', (chunk: string) => (this.text += chunk));
    // `complete` shows whether the connection was interrupted.
    response.on('error', () => undefined);
    this.ended = new Promise((resolve) => response.once('close', resolve));
  }

  /** Resolves at the headers of the response, with any status. */
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

  /** Resolves when this text has arrived. @throws with the text so far, if the stream ends before */
  async received(text: string): Promise<void> {
    while (!this.text.includes(text)) {
      if (this.response.closed) throw new Error(`it ended after: ${this.text}`);
      const more = new Promise((resolve) => this.response.once('data', resolve));
      await Promise.race([more, this.ended]);
    }
  }

  /** Waits for the end of the stream. @returns the data of its event; undefined if there was none */
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
