// npm run bench: this project and its peers, side by side on one mongod. README.md says how and why.
import { parseArgs } from 'node:util';
import { contenders, project } from './servers.mjs';
import { measureFlood } from './measures/flood.mjs';
import { commandsPerRead, measureReads } from './measures/reads.mjs';
import { measureSignIns } from './measures/sign-ins.mjs';
import { measureStartUp } from './measures/start-up.mjs';
import { measureExpiry, measureStoreSize } from './measures/store-size.mjs';
import { startMongo } from './mongo.mjs';
import { Report } from './report.mjs';
import { startServer } from './server-process.mjs';

const ACCOUNTS = 64;
const MEASURES = ['reads', 'sign-ins', 'flood', 'store', 'start-up'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: MEASURES },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '1000,100000' },
    markdown: { type: 'string' },
  },
});
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const wanted = (name) => options.only.includes(name);

const report = new Report();
const mongo = await startMongo();
const running = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(1)));
try {
  const alone = options.only.every((name) => name === 'store');
  for (const contender of alone ? [project] : contenders) running.push(await launch(contender));
  await measure();
  if (options.markdown) await report.writeInto(options.markdown);
} finally {
  await stop();
  // What was measured before something failed is worth seeing too.
  report.print();
}

async function stop() {
  await Promise.all(running.map(({ server }) => server.stop()));
  await mongo.stop();
}

/** Starts a contender and seeds its database. */
async function launch(contender) {
  const env = contender.env(mongo.uri(contender.database));
  const server = await startServer({ script: contender.script, env });
  const db = mongo.db(contender.database);
  await server.listening();
  const cookies = await contender.seed(db, server, ACCOUNTS);
  await server.ready(contender.read, { cookie: cookies[1] });
  return { contender, server, cookies, env };
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
    report.signIns(await measureSignIns(running, { rounds: Math.min(rounds, 3), seconds: Math.max(seconds, 5) }));
  }
  if (wanted('flood')) {
    progress('flood');
    report.flood(await each((one) => measureFlood(one, 10)));
  }
  if (wanted('store')) {
    progress('store');
    const sizes = options.sizes.split(',').map(Number);
    report.storeSize(await measureStoreSize(own, db, { sizes, rounds: Math.min(rounds, 3), seconds }));
    report.expiry(await measureExpiry(own, db, { count: sizes.at(-1), seconds }));
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

function progress(what) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}
