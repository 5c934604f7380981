import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshEmail, PASSWORD, signIn, signUp, verifyEmail } from '../support/accounts.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { VERIFICATION } from '../support/verification.js';

const NEW_PASSWORD = 'a wholly new horse battery';
/** Shorter than the time that an SMTP client waits for the next line. */
const LINE_EVERY_MS = 500;

let server: Server;
let app: TestApp;
const connections: Socket[] = [];
let closed = 0;

beforeAll(async () => {
  server = createServer(keepBusy).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const mail = { MAIL_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'app@example.com' };
  app = await startTestApp({ ...mail, FRONTEND_URL: 'https://app.example.com' });
});
afterAll(async () => {
  // First: a stop waits for deliveries that are under way.
  for (const connection of connections) connection.destroy();
  server.close();
  await app.close();
});

/** A server that never completes its response to EHLO, and never lets the client time out either. */
function keepBusy(socket: Socket): void {
  connections.push(socket);
  socket.once('close', () => (closed += 1));
  socket.on('error', () => undefined);
  socket.write('220 ready\r\n');
  socket.once('data', () => {
    const lines = setInterval(() => socket.write('250-still thinking\r\n'), LINE_EVERY_MS);
    socket.once('close', () => clearInterval(lines));
  });
}

it('no route waits for SMTP: every response arrives while the first delivery is still under way', async () => {
  const email = freshEmail();
  const account = await signUp(app, { email } as object);
  await expect.poll(() => connections.length).toBeGreaterThan(0);
  await verifyEmail(app, account, email);
  const agent = await signIn(app, account);
  await agent
    .put('/users/me/email')
    .send({ email: `new-${email}` })
    .expect(202);
  await agent.post(VERIFICATION).expect(202);
  await app.agent().post('/password-resets').send({ username: account.username }).expect(202);
  await agent.put('/users/me/password').send({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD }).expect(200);
  await agent.delete('/users/me/email').expect(204);
  await agent.get('/health/ready').expect(200);
  await agent.delete('/users/me').expect(204);
  // A route that waited for its mail would have waited until that delivery was cut off, after 45 s.
  expect(closed).toBe(0);
  const kinds = (await app.db.collection('outbox').distinct('payload.notice')) as string[];
  expect(kinds.toSorted()).toEqual([
    'account_deleted',
    'email_change_requested',
    'email_removed',
    'new_device',
    'password_changed',
  ]);
});
