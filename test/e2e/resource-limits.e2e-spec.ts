import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loginAs, signIn, signUp } from '../support/accounts.js';
import { signInDevice, signInDevices, type Device } from '../support/devices.js';
import { EventStream } from '../support/event-stream.js';
import { expectError } from '../support/expect-error.js';
import { sendText } from '../support/raw-http.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NOTE = { title: 'On limits', content: 'They hold.' };

describe('posts of one user', () => {
  let app: TestApp;
  beforeAll(async () => void (app = await startTestApp({ POST_RATE_PER_USER: '3/1h' })));
  afterAll(() => app.close());

  it('are limited by POST_RATE_PER_USER, for all sessions together; reads and deletions are not', async () => {
    const account = await signUp(app);
    const [one, other] = [await signIn(app, account), await signIn(app, account)];
    const ids: string[] = [];
    for (const agent of [one, other, one]) {
      ids.push((await agent.post('/posts').send(NOTE).expect(201)).body.id as string);
    }
    const refused = await other.post('/posts').send(NOTE);
    expectError(refused, 'rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(3_500);
    await one.get('/posts').expect(200);
    for (const id of ids) await one.delete(`/posts/${id}`).expect(204);
    await (await loginAs(app)).post('/posts').send(NOTE).expect(201);
  });

  it('count changes together with new posts, and no invalid request', async () => {
    const agent = await loginAs(app);
    const { id } = (await agent.post('/posts').send(NOTE).expect(201)).body as { id: string };
    for (let n = 0; n < 5; n++) expect((await agent.post('/posts').send({})).status).toBe(400);
    await agent.patch(`/posts/${id}`).send({ title: 'Once' }).expect(200);
    await agent.patch(`/posts/${id}`).send({ title: 'Twice' }).expect(200);
    expectError(await agent.patch(`/posts/${id}`).send({ title: 'Again' }), 'rate_limited');
    expect((await agent.get(`/posts/${id}`)).body.title).toBe('Twice');
  });
});

describe('event streams', () => {
  let app: TestApp;
  const open: EventStream[] = [];
  beforeAll(async () => {
    app = await startTestApp(
      { SESSION_MAX_PER_USER: '100', TRUST_PROXY: '1' },
      { singleProcess: 'each process counts the streams that it has' },
    );
  });
  afterEach(() => open.splice(0).forEach((stream) => stream.close()));
  afterAll(() => app.close());

  async function listen(device: Device, ip: string): Promise<number> {
    const stream = await EventStream.open(app, device, 'GET', { 'X-Forwarded-For': ip });
    open.push(stream);
    return stream.response.statusCode!;
  }
  /** @returns how many of the streams of this device open */
  async function opened(device: Device, times: number, ip: string): Promise<number> {
    const statuses = await Promise.all(Array.from({ length: times }, () => listen(device, ip)));
    expect(new Set(statuses.filter((status) => status !== 200))).toEqual(new Set(statuses.includes(429) ? [429] : []));
    return statuses.filter((status) => status === 200).length;
  }

  it('are limited to 10 per session and 50 per account, from any IP address', async () => {
    const devices = await signInDevices(app, await signUp(app), 6);
    for (const [n, device] of devices.entries()) {
      expect(await opened(device, 12, `203.0.113.${n}`)).toBe(n < 5 ? 10 : 0);
    }
    open[0]!.close();
    await expect.poll(() => listen(devices[5]!, '203.0.113.9')).toBe(200);
  });

  it.each([
    ['IP address', () => '198.51.100.7', '198.51.100.7', '198.51.100.8'],
    ['IPv6 /64 network', (n: number) => `2001:db8::${n}`, '2001:db8::ffff', '2001:db8:0:1::1'],
  ])('are limited to 100 per %s, for any account', async (_, address, same, other) => {
    const devices = [
      ...(await signInDevices(app, await signUp(app), 5)),
      ...(await signInDevices(app, await signUp(app), 5)),
    ];
    for (const [n, device] of devices.entries()) expect(await opened(device, 10, address(n))).toBe(10);
    const another = await signInDevice(app, await signUp(app));
    expect(await opened(another, 1, same)).toBe(0);
    expect(await opened(another, 1, other)).toBe(1);
  });
});

describe('connections of a process', () => {
  let app: TestApp;
  const open: Socket[] = [];
  beforeAll(async () => void (app = await startTestApp({ MAX_CONNECTIONS: '10' })));
  afterEach(() => open.splice(0).forEach((socket) => socket.destroy()));
  afterAll(() => app.close());

  const connect = async (): Promise<string> => {
    const socket = sendText(app, 'GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n').on('error', () => undefined);
    open.push(socket);
    const first = await Promise.race([once(socket, 'data'), once(socket, 'close')]);
    return String(first[0]).split('\r\n')[0]!;
  };

  it('are limited by MAX_CONNECTIONS: further ones are closed, until one of the others is', async () => {
    for (let n = 0; n < 10; n++) expect(await connect()).toBe('HTTP/1.1 200 OK');
    expect(await connect()).not.toContain('HTTP');
    open.shift()!.destroy();
    await expect.poll(connect).toBe('HTTP/1.1 200 OK');
  });
});
