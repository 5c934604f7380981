/** An internal module of the driver that its published types leave out. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { Document } from 'mongodb';

  export class Connection {
    /** A number, or `<monitor>` for connections that only monitor the server. */
    readonly id: number | string;
    /** true after the handshake and the authentication. */
    readonly established: boolean;
    command(namespace: unknown, command: Document, ...rest: unknown[]): Promise<Document>;
  }
}
