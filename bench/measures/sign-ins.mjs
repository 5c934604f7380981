import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { BCRYPT_COST } from '../contenders/shared.mjs';
import { signIns } from '../load.mjs';
import { interleaved } from './rounds.mjs';

const run = promisify(execFile);
const CEILING = fileURLToPath(new URL('../servers/bcrypt-ceiling.mjs', import.meta.url));
const IN_FLIGHT = 8;
/** At seven sign-ins a second V8 still compiles for some seconds, on the cores that are measured. */
const WARM_UP_SECONDS = 5;

/** Sign-ins a second with the right password, against bare bcrypt of the same cost in the same rounds. */
export async function measureSignIns(running, { rounds, seconds }) {
  for (const one of running) await signIns(one, IN_FLIGHT, WARM_UP_SECONDS);
  const ceiling = { contender: { name: `bcrypt alone, cost ${BCRYPT_COST}` } };
  return interleaved([ceiling, ...running], rounds, (one) =>
    one === ceiling ? bcryptAlone(seconds) : signInsThatSucceed(one, seconds),
  );
}

async function bcryptAlone(seconds) {
  const { stdout } = await run(process.execPath, [CEILING, String(seconds), String(BCRYPT_COST)]);
  return { perSecond: Number(stdout) };
}

async function signInsThatSucceed(one, seconds) {
  const result = await signIns(one, IN_FLIGHT, seconds);
  if (Object.keys(result.statuses).some((status) => status !== '200')) {
    throw new Error(`${one.contender.name} responded to sign-ins with ${JSON.stringify(result.statuses)}`);
  }
  return result;
}
