import { Connection } from 'mongodb/lib/cmap/connection.js';
import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';

/** A command to MongoDB that is over. */
export interface CommandTime {
  /** Its name, such as `aggregate`. */
  command: string;
  /** false when MongoDB answered with an error, or not at all. */
  ok: boolean;
  seconds: number;
}

const CHANNEL = 'session-auth:mongodb-command';
const commands = channel(CHANNEL);

/** Tells `listener` of every command of this process. @returns ends it */
export function watchCommands(listener: (time: CommandTime) => void): () => void {
  const told = (message: unknown) => listener(message as CommandTime);
  subscribe(CHANNEL, told);
  return () => void unsubscribe(CHANNEL, told);
}

/**
 * A connection of the driver that times its commands, while somebody watches. The driver's own monitoring parses each
 * reply a second time and hands two events from emitter to emitter, which is a fifteenth of an authed read.
 * @see docs/adr/0014-what-a-read-leaves-out.md
 */
export class TimedConnection extends Connection {
  override async command(...call: Parameters<Connection['command']>): ReturnType<Connection['command']> {
    // What the driver asks for itself is nobody's command.
    const own = !this.established || this.id === '<monitor>';
    if (own || !commands.hasSubscribers) return super.command(...call);
    const start = performance.now();
    const tell = (ok: boolean) =>
      commands.publish({ command: Object.keys(call[1])[0]!, ok, seconds: (performance.now() - start) / 1000 });
    try {
      const reply = await super.command(...call);
      tell(true);
      return reply;
    } catch (error) {
      tell(false);
      throw error;
    }
  }
}
