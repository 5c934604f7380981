import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signUp, type Credentials } from '../support/accounts.js';
import { afterNextHash } from '../support/hashes.js';
import { scrape } from '../support/metrics.js';
import { sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a client that does not wait for the response', () => {
  let app: TestApp;
  let account: Credentials;
  beforeAll(async () => {
    const singleProcess = 'what is looked at is what one process keeps of a request';
    app = await startTestApp({ METRICS_PORT: '0' }, { singleProcess });
    account = await signUp(app);
  });
  afterAll(() => app.close());

  /** Sends a request. @returns what hangs up, and waits until the server knows */
  async function send(...lines: string[]): Promise<() => Promise<void>> {
    const arrived = once(app.app.getHttpServer(), 'request') as Promise<[unknown, ServerResponse]>;
    const socket = sendText(app, lines.join('\r\n'));
    const [, response] = await arrived;
    return async () => {
      const closed = once(response, 'close');
      socket.destroy();
      await closed;
    };
  }

  it('is counted as aborted, with a right or wrong password', async () => {
    const outcomes = async () => {
      const lines = (await scrape(app.logs)).split('\n');
      const counted = lines.filter((line) => /^sign_ins_total|^http_request_duration_seconds_count.*login/.test(line));
      return Object.fromEntries(counted.map((line) => line.split(' '))) as Record<string, string>;
    };
    const before = await outcomes();
    let sent!: ReturnType<typeof send>;
    const over = new Promise<void>((resolve) => {
      afterNextHash(app, async () => {
        const hangUp = await sent;
        await hangUp();
        setImmediate(resolve);
      });
    });
    const body = JSON.stringify({ ...account, password: 'not the password' });
    sent = send(
      'POST /users/login HTTP/1.1',
      'Host: a',
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      '',
      body,
    );
    await over;
    const oneMore = (series: string) => ({ [series]: String(Number(before[series] ?? 0) + 1) });
    expect(await outcomes()).toEqual({
      ...before,
      ...oneMore('http_request_duration_seconds_count{method="POST",route="/users/login",status="aborted"}'),
      ...oneMore('sign_ins_total{outcome="aborted"}'),
    });
  });
});
