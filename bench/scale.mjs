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
/** More than the TTL monitor removes: it must not be done before the time is over. */
const REMOVED_PER_SECOND = 8_000;

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
    data: { type: 'string' },
    'expiry-seconds': { type: 'string', default: '40' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const rounds = Number(options.rounds);
const seconds = Number(options.seconds);
const MEASURE = { processes, streams, sessions };

const reports = [];
const mongo = await startMongo({ cacheGb: Number(options['cache-gb']), dbPath: options.data });
const running = [];
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void interrupted());
try {
  for (const name of MEASURES.filter((measure) => options.only.includes(measure))) {
    progress(name);
    const report = new ScaleReport();
    reports.push(report);
    await MEASURE[name](report);
    if (options.markdown) await report.writeInto(options.markdown, name);
  }
} finally {
  await stop();
  printReports();
}

/** A server of its own for each measure, on a database of its own. */
async function launchProject(database, settings) {
  const one = await launch({ ...project, database }, mongo, settings);
  running.push(one);
  return one;
}

async function processes(report) {
  const one = await launchProject('processes');
  report.processes(await measureProcesses(one, numbers(options.processes), { rounds, seconds }));
  await one.server.stop();
}

async function streams(report) {
  const count = Number(options.streams);
  const settings = { MAX_CONNECTIONS: String(count + 1000), TRUST_PROXY: '1' };
  const one = await launchProject('streams', settings);
  report.eventStreams(await measureEventStreams(one, mongo.db('streams'), count));
  await one.server.stop();
}

/** A database for each size: with --data, a later run finds them. */
async function sessions(report) {
  const results = [];
  let last;
  for (const size of numbers(options.sizes)) {
    await last?.server.stop();
    const name = `sessions-${size}`;
    // Of a run before: their cookies are not known any more.
    await mongo.db(name).collection('users').deleteMany({});
    last = await launchProject(name);
    results.push(await measureStoreSize(last, mongo.db(name), { size, rounds, seconds }));
  }
  report.storeSize(results);
  const { database } = last.contender;
  const limitSeconds = Number(options['expiry-seconds']);
  const count = limitSeconds * REMOVED_PER_SECOND;
  if (count > 0) report.expiry(await measureExpiry(last, mongo.db(database), { count, seconds, limitSeconds }));
}

/** Prints what was measured before the signal. */
async function interrupted() {
  await stop();
  printReports();
  process.exit(1);
}

function printReports() {
  for (const report of reports) report.print();
}

async function stop() {
  await Promise.all(running.map(({ server }) => server.stop()));
  await mongo.stop();
}
