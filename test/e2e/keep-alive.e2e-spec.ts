import { once } from 'node:events';
import { expect, it } from 'vitest';
import { startTestApp } from '../support/test-app.js';
import { sendText } from '../support/raw-http.js';

/** @see https://github.com/nodejs/node/issues/20256 */
it.each([
  [{}, 75],
  [{ KEEP_ALIVE_TIMEOUT: '2m' }, 120],
])('connections stay open for KEEP_ALIVE_TIMEOUT, longer than at a load balancer: %o', async (settings, seconds) => {
  const app = await startTestApp(settings);
  try {
    expect(app.app.getHttpServer().keepAliveTimeout).toBe(seconds * 1000);
    const socket = sendText(app, 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n');
    const [chunk] = (await once(socket, 'data')) as [string];
    socket.destroy();
    expect(chunk).toContain(`\r\nKeep-Alive: timeout=${seconds}\r\n`);
  } finally {
    await app.close();
  }
});
