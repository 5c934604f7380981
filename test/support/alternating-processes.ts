import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, RequestHandler, Response } from 'express';
import { once } from 'node:events';
import { request as ask, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createInterface, type Interface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { BuiltApp } from './app-process.js';

/** A test app's requests go by turns to it and to the built app, in a process of its own on the same database. */
export class ByTurns {
  private readonly second: BuiltApp;
  private readonly lines: Record<string, unknown>[] = [];
  private readonly reader: Interface;
  private readonly allRead: Promise<unknown>;
  private here = true;
  private alone = false;

  /** @param logs takes each line that the second process logs, parsed */
  constructor(settings: NodeJS.ProcessEnv, logs: Record<string, unknown>[]) {
    // What has to listen on a certain port, or for itself, is the app in this process.
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
   * @param looks what looks at the answers that come from there; those of this process are the app's own business
   */
  async begin(app: NestExpressApplication, looks: RequestHandler[]): Promise<void> {
    const there = new URL(await this.second.url());
    // It listens also while the database cannot be reached yet.
    await this.seen('event', 'database_ready');
    const server = app.getHttpServer();
    const [answer, ...others] = server.listeners('request') as RequestListener[];
    if (!answer || others.length > 0) throw new Error('Express is not the only one who answers');
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (this.isHere(request)) return answer(request, response);
      for (const look of looks) look(request as Request, response as Response, () => undefined);
      forward(request, response, there);
    });
    // Tests that restart an app close it by Nest's own method.
    server.once('close', () => this.stop());
  }

  /** Resolves when all lines are there that the second process has logged until now. */
  async logged(): Promise<void> {
    const { headers } = await fetch(`${await this.second.url()}/health/live`);
    await this.seen('requestId', headers.get('x-request-id')!);
  }

  /** Until the end of the running test, only the app in this process answers. */
  rest(): void {
    this.alone = true;
    onTestFinished(() => void (this.alone = false));
  }

  /** Resolves when the second process has ended and all that it logged was read. @throws unless it exits with 0 */
  async end(): Promise<void> {
    this.stop();
    const status = await this.second.exit();
    await this.allRead;
    if (status !== 0) throw new Error(`the second process ended with ${status}:\n${this.second.output}`);
  }

  /** Resolves when it has logged a line with this. */
  private async seen(key: string, value: string): Promise<void> {
    while (!this.lines.some((line) => line[key] === value)) await once(this.reader, 'line');
  }

  private stop(): void {
    // A second signal would end it at once.
    if (!this.second.child.killed) this.second.child.kill('SIGTERM');
  }

  private isHere({ httpVersion }: IncomingMessage): boolean {
    // node:http asks in HTTP/1.1 only.
    if (this.alone || httpVersion !== '1.1') return true;
    this.here = !this.here;
    return !this.here;
  }
}

/** As it came and as it was answered, header by header; whichever side breaks off, the other is broken off too. */
function forward(request: IncomingMessage, response: ServerResponse, { hostname, port }: URL): void {
  const { method, url: path } = request;
  const outgoing = ask({ host: hostname, port, method, path, setHost: false, agent: false });
  // A message has no body unless its headers say so: Node would add one of these.
  for (const name of ['Transfer-Encoding', 'Content-Length']) outgoing.removeHeader(name);
  for (const [name, value] of pairs(request.rawHeaders)) outgoing.appendHeader(name, value);
  // Without an agent Node would ask to close, and the answer would say so.
  if (!request.headers.connection) outgoing.setHeader('Connection', 'keep-alive');
  outgoing.flushHeaders();

  outgoing.on('response', (answer) => {
    response.statusCode = answer.statusCode!;
    response.statusMessage = answer.statusMessage!;
    response.sendDate = false;
    for (const [name, value] of pairs(answer.rawHeaders)) response.appendHeader(name, value);
    response.flushHeaders();
    answer.on('error', () => response.destroy()).pipe(response);
  });
  // One that was answered before its body was read is closed by the other side.
  outgoing.on('error', () => response.headersSent || response.destroy());
  response.on('finish', () => request.unpipe(outgoing).resume());
  response.on('close', () => outgoing.destroy());
  request.pipe(outgoing);
}

function pairs(rawHeaders: string[]): [name: string, value: string][] {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1]!]] : []));
}
