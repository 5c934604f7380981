import { project } from '../contenders/project.mjs';
import { authenticatedReads, median, signIns } from '../load.mjs';
import { startServer } from '../server-process.mjs';

const IN_FLIGHT = 64;
const SIGN_INS_IN_FLIGHT = 8;

/**
 * Reads and sign-ins of one or several processes of this project on one database. The load is the same, divided among the
 * processes; its generator and mongod use the same cores.
 */
export async function measureProcesses(first, counts, { rounds, seconds }) {
  const all = [first];
  const results = [];
  try {
    for (const count of counts) {
      while (all.length < count)
        all.push({ ...first, server: await startServer({ command: project.command, env: first.env }) });
      const some = all.slice(0, count);
      for (const { server, cookies } of some) await server.ready(project.read, { cookie: cookies[0] });
      results.push({ count, ...(await measureTogether(some, rounds, seconds)) });
    }
    return results;
  } finally {
    await Promise.all(all.slice(1).map(({ server }) => server.stop()));
  }
}

async function measureTogether(some, rounds, seconds) {
  const reads = [];
  const logins = [];
  const cpu = [];
  const together = (measure) => Promise.all(some.map(measure));
  await together((one) => authenticatedReads(one, IN_FLIGHT / some.length, 2));
  for (let round = 0; round < rounds; round++) {
    const results = await together((one) => authenticatedReads(one, IN_FLIGHT / some.length, seconds));
    reads.push(sum(results.map(({ perSecond }) => perSecond)));
    cpu.push(sum(results.map(({ cpuPerRead, count }) => cpuPerRead * count)) / sum(results.map(({ count }) => count)));
    const signedIn = await together((one) => signIns(one, SIGN_INS_IN_FLIGHT / some.length, Math.max(seconds, 5)));
    logins.push(sum(signedIn.map(({ perSecond }) => perSecond)));
  }
  return { reads: median(reads), cpu: median(cpu), logins: median(logins) };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);
