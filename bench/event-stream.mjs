import { once } from 'node:events';
import { connect } from 'node:net';

const OPENED = ': connected';
const ENDED = 'event: session_ended';

/** A client of GET /sessions/current/events on a bare socket: ten thousand of Node's HTTP clients would need a GB. */
export class EventStream {
  #socket;
  #told;

  /** Resolves when the server has accepted the stream. */
  static async open(url, { cookie, ip }) {
    const stream = new EventStream();
    const { hostname, port } = new URL(url);
    stream.#socket = connect(Number(port), hostname).setEncoding('latin1');
    await once(stream.#socket, 'connect');
    stream.#socket.write(
      `GET /sessions/current/events HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\nX-Forwarded-For: ${ip}\r\n\r\n`,
    );
    await stream.#received(OPENED);
    stream.#told = stream.#received(ENDED).then(() => performance.now());
    stream.#told.catch(() => undefined);
    return stream;
  }

  /** Resolves to the time at which the stream was told that its session has ended. */
  get told() {
    return this.#told;
  }

  close() {
    this.#socket.destroy();
  }

  #received(text) {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      let last = '';
      const onData = (chunk) => {
        last = (last + chunk).slice(-2_000);
        if (last.includes(text)) settle(resolve);
      };
      const onEnd = () => settle(reject, new Error(`an event stream ended without "${text}": ${last.slice(0, 200)}`));
      const settle = (how, value) => {
        socket.off('data', onData).off('close', onEnd);
        how(value);
      };
      socket
        .on('data', onData)
        .on('close', onEnd)
        .on('error', () => undefined);
    });
  }
}
