import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { close, listen } from './ports.js';

/**
 * What the proxy does with traffic: passes it on, delays it, drops it, or resets its connections. `refuse` closes new ones.
 */
export type Fault = 'pass' | { latencyMs: number } | 'blackhole' | 'reset' | 'refuse';

/** A TCP proxy in front of a database that simulates network faults. */
export class FaultProxy {
  private fault: Fault = 'pass';
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(private targetPort: number) {
    this.server = createServer((client) => this.accept(client));
  }

  static async start(targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await listen(proxy.server);
    return proxy;
  }

  /** The connection string through this proxy. A direct connection: the members of a replica set report their own addresses. */
  uri(database: string): string {
    return `mongodb://127.0.0.1:${this.port}/${database}?directConnection=true`;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The number of connected clients. */
  get connections(): number {
    return this.sockets.size / 2;
  }

  /** Sends new connections to this port; open ones stay, as with an address that fails over. */
  redirect(targetPort: number): void {
    this.targetPort = targetPort;
  }

  set(fault: Fault): void {
    this.fault = fault;
    if (fault === 'reset' || fault === 'refuse') this.cut();
  }

  async stop(): Promise<void> {
    this.cut();
    await close(this.server);
  }

  private cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  private accept(client: Socket): void {
    if (this.fault === 'refuse' || this.fault === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const server = createConnection(this.targetPort, '127.0.0.1');
    this.pipe(client, server);
    this.pipe(server, client);
  }

  private pipe(from: Socket, to: Socket): void {
    this.sockets.add(from);
    from.setNoDelay(true);
    from.on('data', (chunk: Buffer) => this.forward(chunk, to));
    from.on('error', () => undefined);
    from.once('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }

  private forward(chunk: Buffer, to: Socket): void {
    const { fault } = this;
    if (fault === 'blackhole') return;
    if (typeof fault === 'object') setTimeout(() => to.writable && to.write(chunk), fault.latencyMs);
    else if (to.writable) to.write(chunk);
  }
}
