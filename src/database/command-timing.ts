import { Connection } from 'mongodb/lib/cmap/connection.js';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A completed command to MongoDB. */
export interface CommandTime {
  /** Its name, such as `aggregate`. */
  command: string;
  /** false if MongoDB responded with an error or not at all. */
  ok: boolean;
  seconds: number;
}

const CHANNEL = 'session-auth:mongodb-command';
const commands = channel(CHANNEL);

/** Calls `listener` for every command of this process. @returns a function that stops it */
export function watchCommands(listener: (time: CommandTime) => void): () => void {
  const onMessage = (message: unknown) => listener(message as CommandTime);
  subscribe(CHANNEL, onMessage);
  return () => void unsubscribe(CHANNEL, onMessage);
}

/**
 * A connection of the driver that times its commands while a listener exists. The driver's own monitoring parses each
 * response a second time and passes two events between emitters, which costs a fifteenth of an authenticated read.
 * @see docs/adr/0013-cheap-reads.md
 */
export class TimedConnection extends Connection {
  override async command(...call: Parameters<Connection['command']>): ReturnType<Connection['command']> {
    // Commands that the driver sends for itself are not counted.
    const own = !this.established || this.id === '<monitor>';
    if (own || !commands.hasSubscribers) return super.command(...call);
    const start = performance.now();
    const publish = (ok: boolean) =>
      commands.publish({ command: Object.keys(call[1])[0]!, ok, seconds: (performance.now() - start) / 1000 });
    try {
      const reply = await super.command(...call);
      publish(true);
      return reply;
    } catch (error) {
      publish(false);
      throw error;
    }
  }
}
