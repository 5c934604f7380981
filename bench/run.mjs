// npm run bench: this project and its peers, side by side on one mongod. README.md says how and why.
import { parseArgs } from 'node:util';
import { BenchReport } from './bench-report.mjs';
import { availableContenders } from './contenders/index.mjs';
import { project } from './contenders/project.mjs';
import { measureFlood } from './measures/flood.mjs';
import { commandsPerRead, measureReads } from './measures/reads.mjs';
import { measureSignIns } from './measures/sign-ins.mjs';
import { measureStartUp } from './measures/start-up.mjs';
import { measureExpiry, measureStoreSize } from './measures/store-size.mjs';
import { startMongo } from './mongo.mjs';
import { launch } from './launch.mjs';
import { progress } from './progress.mjs';

const MEASURES = ['reads', 'sign-ins', 'flood', 'store', 'start-up'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: MEASURES },
    contender: { type: 'string', multiple: true, default: [] },
    rounds: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '2' },
    sizes: { type: 'string', default: '1000,100000' },
    markdown: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const wanted = (name) => options.only.includes(name);

const report = new BenchReport();
const mongo = await startMongo();
const running = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void interrupted());
try {
  const names = options.only.every((name) => name === 'store') ? [project.database] : options.contender;
  for (const contender of await availableContenders(names)) running.push(await launch(contender, mongo));
  await measure();
  if (options.markdown) await report.writeInto(options.markdown, 'bench');
} finally {
  await stop();
  // Also what was measured before a failure.
  report.print();
}

/** Prints what was measured before the signal. */
async function interrupted() {
  await stop();
  report.print();
  process.exit(1);
}

async function stop() {
  await Promise.all(running.map(({ server }) => server.stop()));
  await mongo.stop();
}

async function measure() {
  const [own] = running;
  const db = mongo.db(project.database);
  if (wanted('reads')) {
    progress('reads');
    report.reads(await measureReads(running, { rounds, seconds }));
    report.commands(await each((one) => commandsPerRead(one, mongo.client)));
  }
  report.memory(await each(({ server }) => server.memoryMiB()));
  if (wanted('sign-ins')) {
    progress('sign-ins');
    report.signIns(await measureSignIns(running, { rounds: Math.min(rounds, 3), seconds: Math.max(seconds, 4) }));
  }
  if (wanted('flood')) {
    progress('flood');
    report.flood(await each((one) => measureFlood(one, 10)));
  }
  if (wanted('store')) {
    progress('store');
    const sizes = options.sizes.split(',').map(Number);
    const results = [];
    for (const size of sizes)
      results.push(await measureStoreSize(own, db, { size, rounds: Math.min(rounds, 3), seconds }));
    report.storeSize(results);
    report.expiry(await measureExpiry(own, db, { count: sizes.at(-1), seconds, limitSeconds: 180 }));
  }
  if (wanted('start-up')) {
    progress('start-up');
    report.startUp(await each(measureStartUp));
  }
}

async function each(work) {
  const results = new Map();
  for (const one of running) results.set(one.contender.name, await work(one));
  return results;
}
