/** Of the driver's own parts: its types leave this one out. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { Document } from 'mongodb';

  export class Connection {
    command(namespace: unknown, command: Document, ...rest: unknown[]): Promise<Document>;
  }
}
