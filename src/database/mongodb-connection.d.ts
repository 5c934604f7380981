/** Of the driver's own parts: its types leave this one out. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { Document } from 'mongodb';

  export class Connection {
    /** A number, or `<monitor>` where the driver only looks whether its server is there. */
    readonly id: number | string;
    /** true once hands are shaken and the user is authenticated. */
    readonly established: boolean;
    command(namespace: unknown, command: Document, ...rest: unknown[]): Promise<Document>;
  }
}
