import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { BCRYPT_COST, floor } from './servers.mjs';
import { median } from './load.mjs';

const START = '<!-- bench: start -->';
const END = '<!-- bench: end -->';

/** Collects what was measured as Markdown tables: they read as well in a terminal. */
export class Report {
  #sections = [machine()];

  reads(byLoad) {
    for (const [inFlight, results] of byLoad) {
      const ofFloor = median(results.get(floor.name).map(({ perSecond }) => perSecond));
      const rows = [...results].map(([name, rounds]) => {
        const rates = rounds.map(({ perSecond }) => perSecond);
        const [p50, p99, cpu] = ['p50', 'p99', 'cpuPerRead'].map((key) => median(rounds.map((round) => round[key])));
        return [name, whole(median(rates)), spread(rates), ratio(median(rates), ofFloor), ms(p50), ms(p99), whole(cpu)];
      });
      this.#table(
        `Authed reads, ${inFlight} in flight, each with a session of its own`,
        ['server', 'reads/s', 'spread', '× floor', 'p50 ms', 'p99 ms', 'CPU µs/read'],
        rows,
      );
    }
  }

  commands(results) {
    const rows = [...results].map(([name, count]) => [name, count.toFixed(2)]);
    this.#table('MongoDB commands per authed read, one at a time', ['server', 'commands'], rows);
  }

  memory(results) {
    const rows = [...results].map(([name, mib]) => [name, whole(mib)]);
    this.#table('Memory after the reads', ['server', 'RSS MiB'], rows);
  }

  signIns(results) {
    const [[, ceiling]] = results;
    const top = median(ceiling.map(({ perSecond }) => perSecond));
    const rows = [...results].map(([name, rounds]) => {
      const rates = rounds.map(({ perSecond }) => perSecond);
      return [name, median(rates).toFixed(2), spread(rates), ratio(median(rates), top)];
    });
    this.#table(
      `Sign-ins, bcrypt of cost ${BCRYPT_COST} (Better Auth: its own scrypt)`,
      ['server', 'sign-ins/s', 'spread', '× bcrypt alone'],
      rows,
    );
  }

  flood(results) {
    const rows = [...results].map(([name, { idle, reads, flood }]) => [
      name,
      ms(idle.p99),
      ms(reads.p99),
      whole(reads.perSecond),
      Object.entries(flood.statuses)
        .map(([status, count]) => `${count} × ${status}`)
        .join(', '),
    ]);
    this.#table(
      'Authed reads, 16 in flight, while 50 clients flood the login for 10 s; every read was answered 200',
      ['server', 'idle p99 ms', 'flood p99 ms', 'flood reads/s', 'answers to the flood'],
      rows,
    );
  }

  storeSize(results) {
    const [small] = results;
    const rows = results.map(({ size, reads, logins, revokeAllMs }) => [
      size.toLocaleString('en'),
      whole(median(reads)),
      ratio(median(reads), median(small.reads)),
      median(logins).toFixed(2),
      ratio(median(logins), median(small.logins)),
      ms(revokeAllMs),
    ]);
    this.#table(
      'This project by the number of stored sessions',
      ['sessions', 'reads/s', '× small', 'sign-ins/s', '× small', 'end all 20 sessions of a user, ms'],
      rows,
    );
  }

  expiry({ idle, reads, removed, seconds }) {
    this.#sections.push(
      `While MongoDB removed ${whole(removed)} expired sessions, which took ${seconds.toFixed(1)} s, the p99 of reads, 16 in ` +
        `flight, was ${ms(reads.p99)} ms; before that ${ms(idle.p99)} ms.`,
    );
  }

  startUp(results) {
    const rows = [...results].map(([name, times]) => [name, whole(median(times)), spread(times)]);
    this.#table('From spawn to the first authed 200', ['server', 'ms', 'spread'], rows);
  }

  print() {
    process.stdout.write(`${this.#sections.join('\n\n')}\n`);
  }

  /** Puts the tables between the markers of a file. */
  async writeInto(path) {
    const text = await readFile(path, 'utf8');
    const [before, rest] = text.split(START);
    const after = rest?.split(END)[1];
    if (after === undefined) throw new Error(`${path} has no ${START} … ${END}`);
    await writeFile(path, `${before}${START}\n\n${this.#sections.join('\n\n')}\n\n${END}${after}`);
  }

  #table(title, head, rows) {
    const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
    const line = (cells) =>
      `| ${cells.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`;
    const rule = `| ${widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
    this.#sections.push(`**${title}**\n\n${[line(head), rule, ...rows.map(line)].join('\n')}`);
  }
}

function machine() {
  const [{ model }] = cpus();
  const load = loadavg()[0].toFixed(1);
  return `Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${model.trim()}), Node.js ${process.version}; load average at the start ${load}.`;
}

const whole = (value) => Math.round(value).toLocaleString('en');
const ms = (value) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const ratio = (value, of) => (value / of).toFixed(2);
const spread = (values) => {
  const half = (Math.max(...values) - Math.min(...values)) / 2;
  return `± ${((half / median(values)) * 100).toFixed(0)} %`;
};
