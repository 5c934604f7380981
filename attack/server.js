import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { startEmbeddedMongo } from '../dist/dev/embedded-mongo.js';

/** Starts the built app with an embedded MongoDB in a temporary folder, on a free port. `stop` ends both. */
export async function startServer(settings) {
  const mongo = await startEmbeddedMongo();
  const lines = [];
  const child = spawn(process.execPath, ['dist/main.js'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      PORT: '0',
      MONGODB_URI: mongo.uri,
      SESSION_SECRETS: 'a-secret-of-the-attack-run-only-0123456789',
      ...settings,
    },
  });
  const exited = once(child, 'exit');
  const url = await new Promise((resolve, reject) => {
    void exited.then(() => reject(new Error(`the server ended: ${lines.at(-1)}`)));
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line);
      if (line.includes('"sys_startup"')) resolve(JSON.parse(line).url);
    });
  });
  return {
    url,
    pid: child.pid,
    lines: () => lines,
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
      await mongo.stop();
    },
  };
}
