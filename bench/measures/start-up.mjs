import { startServer } from '../server-process.mjs';

const STARTS = 3;

/** Milliseconds from spawn to the first 200 for a session that was there before, each time in a new process. */
export async function measureStartUp({ contender, cookies, env }) {
  const times = [];
  for (let i = 0; i < STARTS; i++) {
    const start = performance.now();
    const server = await startServer({ command: contender.command, env });
    await server.ready(contender.read, { cookie: cookies[0] });
    times.push(performance.now() - start);
    await server.stop();
  }
  return times;
}
