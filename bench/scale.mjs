// npm run bench:scale: this project with many stored sessions, many event streams, and several processes. README.md says how.
import { parseArgs } from 'node:util';
import { project } from './contenders/project.mjs';
import { launch } from './launch.mjs';
import { measureEventStreams } from './measures/event-streams.mjs';
import { measureProcesses } from './measures/processes.mjs';
import { measureExpiry, measureStoreSize } from './measures/store-size.mjs';
import { startMongo } from './mongo.mjs';
import { progress } from './progress.mjs';
import { ScaleReport } from './scale-report.mjs';

const MEASURES = ['processes', 'streams', 'sessions'];

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: MEASURES },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    sizes: { type: 'string', default: '1000,100000,1000000,10000000' },
    streams: { type: 'string', default: '10000' },
    processes: { type: 'string', default: '1,2,4' },
    markdown: { type: 'string' },
    'cache-gb': { type: 'string', default: '6' },
    'expiry-seconds': { type: 'string', default: '60' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const MEASURE = { processes, streams, sessions };

const report = new ScaleReport();
const mongo = await startMongo({ cacheGb: Number(options['cache-gb']) });
const running = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void stop().finally(() => process.exit(1)));
try {
  for (const name of MEASURES.filter((measure) => options.only.includes(measure))) {
    progress(name);
    await MEASURE[name]();
  }
  if (options.markdown) await report.writeInto(options.markdown, 'scale');
} finally {
  await stop();
  report.print();
}

/** A server of its own for each measure, on a database of its own. */
async function launchProject(database, settings) {
  const one = await launch({ ...project, database }, mongo, settings);
  running.push(one);
  return one;
}

async function processes() {
  const one = await launchProject('processes');
  report.processes(await measureProcesses(one, numbers(options.processes), { rounds, seconds }));
  await one.server.stop();
}

async function streams() {
  const count = Number(options.streams);
  const settings = { MAX_CONNECTIONS: String(count + 1000), TRUST_PROXY: '1' };
  const one = await launchProject('streams', settings);
  report.eventStreams(await measureEventStreams(one, mongo.db('streams'), count));
  await one.server.stop();
}

async function sessions() {
  const one = await launchProject('sessions');
  const db = mongo.db('sessions');
  const sizes = numbers(options.sizes);
  report.storeSize(await measureStoreSize(one, db, { sizes, rounds, seconds }));
  const limitSeconds = Number(options['expiry-seconds']);
  report.expiry(await measureExpiry(one, db, { count: limitSeconds * 8_000, seconds, limitSeconds }));
}

async function stop() {
  await Promise.all(running.map(({ server }) => server.stop()));
  await mongo.stop();
}
