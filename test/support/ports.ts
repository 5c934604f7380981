import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Below the range of ephemeral ports, so that a free port stays free. Each process has its own block. */
const FIRST = 20_000;
const BLOCKS = 120;
const BLOCK = 100;
let tried = (process.pid % BLOCKS) * BLOCK;

/** A free port, for servers that need their URL before they listen, or the same one after a restart. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + (tried++ % (BLOCKS * BLOCK));
    const server = createServer();
    try {
      await listen(server, { port });
      await close(server);
      return port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
}

/** Listens on loopback. @returns the port, by default any free one */
export async function listen(server: Server, { host = '127.0.0.1', port = 0 } = {}): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Closes idle keep-alive connections as well, as Node does for HTTP servers. */
export async function close(server: Server): Promise<void> {
  server.close();
  if (server instanceof HttpServer) server.closeAllConnections();
  await once(server, 'close');
}
