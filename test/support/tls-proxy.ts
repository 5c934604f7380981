import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { killAtLast } from './children.js';
import { freePort } from './ports.js';
import { run } from './tool.js';

/** A proxy of deploy/ that terminates TLS in front of a server. */
export interface TlsProxy {
  /** Such as https://localhost:20443. */
  url: string;
  /** The plain-HTTP port, if the proxy has one. */
  plainUrl?: string;
  stop(): Promise<void>;
}

/** deploy/nginx/nginx.conf with a certificate, ports and the upstreams of a test. */
export async function startNginx(upstreams: string[]): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const [port, plainPort] = [await freePort(), await freePort()];
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  run('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '1',
    ...subject,
    '-out',
    certificate,
    '-keyout',
    key,
  ]);
  const servers = upstreams.map((url) => `server ${new URL(url).host};`).join(' ');
  const site = readFileSync('deploy/nginx/nginx.conf', 'utf8')
    .replace('server 127.0.0.1:3000;', servers)
    .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
    .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`)
    .replaceAll('auth.example.com;', 'localhost;')
    .replace('/etc/ssl/auth.example.com/fullchain.pem', certificate)
    .replace('/etc/ssl/auth.example.com/privkey.pem', key);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  const config = join(folder, 'nginx.conf');
  writeFileSync(
    config,
    `daemon off; pid ${folder}/pid; error_log stderr; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${site}}`,
  );
  const child = killAtLast(spawn('nginx', ['-c', config, '-p', folder], { stdio: ['ignore', 'ignore', 'inherit'] }));
  await listening(port, child);
  return { url: `https://localhost:${port}`, plainUrl: `http://localhost:${plainPort}`, stop: () => stop(child) };
}

/** deploy/caddy/Caddyfile on a port of the test, with a certificate of Caddy's local CA. */
export async function startCaddy(upstream: string): Promise<TlsProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'caddy-'));
  const port = await freePort();
  const config = join(folder, 'Caddyfile');
  // The test must neither install a CA on this machine nor use port 80.
  const globals = '{\n\tadmin off\n\tskip_install_trust\n\tauto_https disable_redirects\n}\n';
  writeFileSync(config, globals + readFileSync('deploy/caddy/Caddyfile', 'utf8'));
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_DATA_HOME: folder,
    XDG_CONFIG_HOME: folder,
    DOMAIN: `localhost:${port}`,
    UPSTREAM: new URL(upstream).host,
  };
  const args = ['run', '--config', config, '--adapter', 'caddyfile'];
  const child = killAtLast(spawn('caddy', args, { env, stdio: 'ignore' }));
  await listening(port, child);
  return { url: `https://localhost:${port}`, stop: () => stop(child) };
}

async function listening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connectTcp(port, '127.0.0.1');
    // Another program does not report when it listens, so this polls it.
    const answered = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answered) return;
    await delay(50);
  }
  throw new Error(`the proxy exited with ${child.exitCode}`);
}

/** By SIGTERM: after SIGKILL, the workers of nginx would keep running. */
async function stop(child: ChildProcess): Promise<void> {
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}
