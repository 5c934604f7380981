import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { median } from './load.mjs';

/** Collects results as Markdown tables, which read well in a terminal too. */
export class Report {
  #sections = [machine()];

  storeSize(results) {
    const [small] = results;
    const rows = results.map(({ size, reads, logins, revokeAllMs }) => [
      whole(size),
      whole(median(reads)),
      ratio(median(reads), median(small.reads)),
      median(logins).toFixed(2),
      ratio(median(logins), median(small.logins)),
      ms(revokeAllMs),
    ]);
    this.table(
      'This project by the number of stored sessions',
      ['sessions', 'reads/s', '× small', 'sign-ins/s', '× small', 'revoke all 20 sessions of a user, ms'],
      rows,
    );
  }

  expiry({ idle, reads, removed, seconds }) {
    this.text(
      `The TTL monitor removed ${whole(removed)} expired sessions in ${seconds.toFixed(1)} s, ${whole(removed / seconds)} a second. ` +
        `The p99 of reads, 16 in flight, was ${ms(reads.p99)} ms meanwhile and ${ms(idle.p99)} ms before.`,
    );
  }

  print() {
    process.stdout.write(`${this.#sections.join('\n\n')}\n`);
  }

  /** Puts the tables between the markers `<!-- NAME: start -->` and `<!-- NAME: end -->` of a file. */
  async writeInto(path, name) {
    const [start, end] = [`<!-- ${name}: start -->`, `<!-- ${name}: end -->`];
    const text = await readFile(path, 'utf8');
    const [before, rest] = text.split(start);
    const after = rest?.split(end)[1];
    if (after === undefined) throw new Error(`${path} has no ${start} … ${end}`);
    await writeFile(path, `${before}${start}\n\n${this.#sections.join('\n\n')}\n\n${end}${after}`);
  }

  text(text) {
    this.#sections.push(text);
  }

  table(title, head, rows) {
    const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column].length)));
    const line = (cells) =>
      `| ${cells.map((cell, i) => (i ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join(' | ')} |`;
    const rule = `| ${widths.map((width, i) => (i ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width))).join(' | ')} |`;
    this.text(`**${title}**\n\n${[line(head), rule, ...rows.map(line)].join('\n')}`);
  }
}

function machine() {
  const [{ model }] = cpus();
  const load = loadavg()[0].toFixed(1);
  return `Measured ${new Date().toISOString().slice(0, 10)} on ${availableParallelism()} cores (${model.trim()}), Node.js ${process.version}; load average at the start ${load}.`;
}

export const whole = (value) => Math.round(value).toLocaleString('en');
export const ms = (value) => (value < 10 ? value.toFixed(2) : whole(value));
export const ratio = (value, of) => (value / of).toFixed(2);
export const spread = (values) => {
  const half = (Math.max(...values) - Math.min(...values)) / 2;
  return `± ${((half / median(values)) * 100).toFixed(0)} %`;
};
