import { once } from 'node:events';
import { Server as HttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';

/** Below the ports that systems give to whoever asks for any, so that what was free stays free. Each process has a block. */
const FIRST = 20_000;
const BLOCKS = 120;
const BLOCK = 100;
let tried = (process.pid % BLOCKS) * BLOCK;

/** A port that nobody listens on, for what has to know its address before it listens, or again after a restart. */
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

/** On loopback. @returns the port, any that is free unless told */
export async function listen(server: Server, { host = '127.0.0.1', port = 0 } = {}): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** With the connections that are kept open, as Node closes them for HTTP. */
export async function close(server: Server): Promise<void> {
  server.close();
  if (server instanceof HttpServer) server.closeAllConnections();
  await once(server, 'close');
}
