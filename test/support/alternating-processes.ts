import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler, Response } from 'express';
import { once } from 'node:events';
import { request as sendRequest, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createInterface, type Interface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { BuiltApp } from './app-process.js';

/**
 * Sends the requests of a test app alternately to the app itself and to the built app, which runs in a second process with the
 * same database. State that is wrongly kept in the memory of one process then makes tests fail.
 */
export class AlternatingProcesses {
  private readonly second: BuiltApp;
  private readonly lines: Record<string, unknown>[] = [];
  private readonly reader: Interface;
  private readonly allRead: Promise<unknown>;
  private nextIsHere = true;
  private paused = false;

  /** @param logs takes each line that the second process logs, parsed */
  constructor(settings: NodeJS.ProcessEnv, logs: Record<string, unknown>[]) {
    // Replaces settings that only the app in this process may have.
    const own = { HOST: '127.0.0.1', PORT: '0', METRICS_PORT: 'off', SHUTDOWN_GRACE: '2s' };
    this.second = new BuiltApp('main.js', { ...settings, ...own });
    this.reader = createInterface({ input: this.second.child.stdout! });
    this.reader.on('line', (text) => {
      const line = JSON.parse(text) as Record<string, unknown>;
      for (const list of [this.lines, logs]) list.push(line);
    });
    this.allRead = once(this.reader, 'close');
  }

  /**
   * Resolves when every second request to this app goes to the second process.
   * @param checks middleware that checks the responses of the second process; the app itself has it already
   */
  async start(app: NestExpressApplication, checks: RequestHandler[]): Promise<void> {
    const target = new URL(await this.second.url());
    // The process listens even while the database is unavailable.
    await this.untilLogged('event', 'database_ready');
    const server = app.getHttpServer();
    const [respond, ...others] = server.listeners('request') as RequestListener[];
    if (!respond || others.length > 0) throw new Error('Express is not the only listener of requests');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.staysHere(request)) return respond(request, response);
      for (const check of checks) check(request as Request, response as Response, () => undefined);
      forward(request, response, target);
    });
    // Tests that restart an app call its close method, not that of the kit.
    server.once('close', () => this.stop());
  }

  /** Resolves when all lines are read that the second process has logged so far. */
  async logged(): Promise<void> {
    const { headers } = await fetch(`${await this.second.url()}/health/live`);
    await this.untilLogged('requestId', headers.get('x-request-id')!);
  }

  /** Sends all requests to the app in this process until the running test ends. */
  pause(): void {
    this.paused = true;
    onTestFinished(() => void (this.paused = false));
  }

  /** Resolves when the second process has exited and its whole log is read. @throws unless the exit status is 0 */
  async end(): Promise<void> {
    this.stop();
    const status = await this.second.exit();
    await this.allRead;
    if (status !== 0) throw new Error(`the second process ended with ${status}:\n${this.second.output}`);
  }

  /** Resolves when the second process has logged a line with this value. */
  private async untilLogged(key: string, value: string): Promise<void> {
    while (!this.lines.some((line) => line[key] === value)) await once(this.reader, 'line');
  }

  private stop(): void {
    // A second signal would end the process at once.
    if (!this.second.child.killed) this.second.child.kill('SIGTERM');
  }

  private staysHere({ httpVersion }: IncomingMessage): boolean {
    // node:http can forward only HTTP/1.1.
    if (this.paused || httpVersion !== '1.1') return true;
    this.nextIsHere = !this.nextIsHere;
    return !this.nextIsHere;
  }
}

/** Forwards a request and its response unchanged, header by header. If one side disconnects, so does the other. */
function forward(request: IncomingMessage, response: ServerResponse, { hostname, port }: URL): void {
  const { method, url: path } = request;
  const outgoing = sendRequest({ host: hostname, port, method, path, setHost: false, agent: false });
  // Node may add one of these headers, but a request has a body only if the client sent one of them.
  for (const name of ['Transfer-Encoding', 'Content-Length']) outgoing.removeHeader(name);
  for (const [name, value] of pairs(request.rawHeaders)) outgoing.appendHeader(name, value);
  // Without an agent, Node would send `Connection: close`, and the response would have it too.
  if (!request.headers.connection) outgoing.setHeader('Connection', 'keep-alive');
  outgoing.flushHeaders();

  outgoing.on('response', (incoming) => {
    response.statusCode = incoming.statusCode!;
    response.statusMessage = incoming.statusMessage!;
    response.sendDate = false;
    for (const [name, value] of pairs(incoming.rawHeaders)) response.appendHeader(name, value);
    response.flushHeaders();
    incoming.on('error', () => response.destroy()).pipe(response);
  });
  // The other side closes a connection whose request body it did not read.
  outgoing.on('error', () => response.headersSent || response.destroy());
  response.on('finish', () => request.unpipe(outgoing).resume());
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}

function pairs(rawHeaders: string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]!]] : []));
}
