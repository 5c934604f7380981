import { connect, type ClientHttp2Session, type IncomingHttpHeaders } from 'node:http2';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { freshUsername, PASSWORD } from '../support/accounts.js';
import { BuiltApp } from '../support/app-process.js';
import { databaseUri } from '../support/test-app.js';
import { startCaddy, startNginx, type TlsProxy } from '../support/tls-proxy.js';
import { missingTool } from '../support/tool.js';

const PROXIES: { name: string; missing: string | undefined; start: (upstream: string) => Promise<TlsProxy> }[] = [
  {
    name: 'nginx',
    missing: missingTool('nginx', 'Debian: apt-get install nginx', ['-v']),
    start: (upstream) => startNginx([upstream]),
  },
  {
    name: 'caddy',
    missing: missingTool('caddy', 'Debian: apt-get install caddy', ['version']),
    start: startCaddy,
  },
];

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request over HTTP/2. */
async function ask(
  session: ClientHttp2Session,
  path: string,
  { method = 'GET', cookie, json }: { method?: string; cookie?: string; json?: unknown } = {},
): Promise<Answer> {
  const stream = session.request({
    ':method': method,
    ':path': path,
    ...(cookie === undefined ? {} : { cookie }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
  });
  stream.end(json === undefined ? undefined : JSON.stringify(json));
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  let body = '';
  for await (const chunk of stream.setEncoding('utf8')) body += chunk as string;
  return { status: Number(headers[':status']), headers, body };
}

describe.for(PROXIES)('behind $name over TLS and HTTP/2', ({ missing, start }) => {
  let app: BuiltApp;
  let proxy: TlsProxy;
  let session: ClientHttp2Session;
  beforeAll(async () => {
    if (missing) return;
    app = new BuiltApp('main.js', {
      NODE_ENV: 'production',
      PORT: '0',
      TRUST_PROXY: '1',
      MONGODB_URI: databaseUri(),
      SESSION_SECRETS: 'a-production-secret-of-sufficient-length',
      BCRYPT_COST: '10',
    });
    proxy = await start(await app.url());
    session = connect(proxy.url, { rejectUnauthorized: false });
    await once(session, 'connect');
  });
  beforeEach(({ skip }) => {
    if (missing) skip(missing);
  });
  afterAll(async () => {
    session?.destroy();
    await proxy?.stop();
    app?.child.kill('SIGKILL');
  });

  it('a user signs up, signs in, gets the event of the sign-out, and is signed out', async () => {
    const account = { username: freshUsername(), password: PASSWORD };
    expect(await ask(session, '/users/signup', { method: 'POST', json: account })).toMatchObject({ status: 201 });
    const signedIn = await ask(session, '/users/login', { method: 'POST', json: account });
    expect(signedIn).toMatchObject({ status: 200 });
    const cookie = signedIn.headers['set-cookie']!.map((each) => each.split(';')[0]).join('; ');
    expect(cookie).toContain('__Host-sid=');
    const { body } = await ask(session, '/users/protected', { cookie });
    expect(JSON.parse(body)).toMatchObject({ userName: account.username });

    const events = session.request({ ':path': '/sessions/current/events', cookie }).setEncoding('utf8');
    onTestFinished(() => events.close());
    const [headers] = (await once(events, 'response')) as [IncomingHttpHeaders];
    expect(headers[':status']).toBe(200);
    const told = (async () => {
      let text = '';
      for await (const chunk of events) {
        text += chunk as string;
        if (text.includes('session_ended')) return text;
      }
      throw new Error(`the stream ended after: ${text}`);
    })();
    const [signedOut, event] = await Promise.all([ask(session, '/users/logout', { method: 'POST', cookie }), told]);
    expect(signedOut).toMatchObject({ status: 200 });
    expect(event).toContain('logged_out');
    expect(await ask(session, '/users/protected', { cookie })).toMatchObject({ status: 401 });
  });

  it("the server's errors and headers arrive unchanged", async () => {
    const { status, headers, body } = await ask(session, '/nothing-here');
    expect(status).toBe(404);
    expect(JSON.parse(body)).toMatchObject({ code: 'not_found', requestId: headers['x-request-id'] });
    expect(headers['strict-transport-security']).toContain('includeSubDomains');
  });

  it('a client cannot choose its IP address by sending X-Forwarded-For', async () => {
    const account = { username: freshUsername(), password: PASSWORD };
    await ask(session, '/users/signup', { method: 'POST', json: account });
    const stream = session.request({
      ':method': 'POST',
      ':path': '/users/login',
      'content-type': 'application/json',
      'x-forwarded-for': '203.0.113.7',
    });
    stream.end(JSON.stringify(account));
    let body = '';
    for await (const chunk of stream.setEncoding('utf8')) body += chunk as string;
    expect((JSON.parse(body) as { session: { ip: string } }).session.ip).toBe('127.0.0.1');
  });
});
