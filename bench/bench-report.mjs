import { floor } from './contenders/floor.mjs';
import { BCRYPT_COST } from './contenders/shared.mjs';
import { median } from './load.mjs';
import { ms, ratio, Report, spread, whole } from './report.mjs';

/** The tables of `npm run bench`. */
export class BenchReport extends Report {
  reads(byLoad) {
    for (const [inFlight, results] of byLoad) {
      const ofFloor = median(results.get(floor.name).map(({ perSecond }) => perSecond));
      const rows = [...results].map(([name, rounds]) => {
        const rates = rounds.map(({ perSecond }) => perSecond);
        const [p50, p99, cpu] = ['p50', 'p99', 'cpuPerRead'].map((key) => median(rounds.map((round) => round[key])));
        return [name, whole(median(rates)), spread(rates), ratio(median(rates), ofFloor), ms(p50), ms(p99), whole(cpu)];
      });
      this.table(
        `Authenticated reads, ${inFlight} in flight, each with a session of its own`,
        ['server', 'reads/s', 'spread', '× floor', 'p50 ms', 'p99 ms', 'CPU µs/read'],
        rows,
      );
    }
  }

  commands(results) {
    const rows = [...results].map(([name, count]) => [name, count.toFixed(2)]);
    this.table('MongoDB commands per authenticated read, one at a time', ['server', 'commands'], rows);
  }

  memory(results) {
    const rows = [...results].map(([name, mib]) => [name, whole(mib)]);
    this.table('Memory after the reads', ['server', 'RSS MiB'], rows);
  }

  signIns(results) {
    const [[, ceiling]] = results;
    const top = median(ceiling.map(({ perSecond }) => perSecond));
    const rows = [...results].map(([name, rounds]) => {
      const rates = rounds.map(({ perSecond }) => perSecond);
      return [name, median(rates).toFixed(2), spread(rates), ratio(median(rates), top)];
    });
    this.table(
      `Sign-ins, bcrypt of cost ${BCRYPT_COST} (Better Auth: its own scrypt)`,
      ['server', 'sign-ins/s', 'spread', '× bcrypt alone'],
      rows,
    );
  }

  flood(results) {
    const rows = [...results].map(([name, { idle, reads, flood }]) => [
      name,
      ms(idle.p99),
      reads.count > 0 ? ms(reads.p99) : '> 10,000',
      whole(reads.count > 0 ? reads.perSecond : 0),
      Object.entries(flood.statuses)
        .map(([status, count]) => `${count} × ${status}`)
        .join(', '),
    ]);
    this.table(
      'Authenticated reads, 16 in flight, while 50 clients sign in for 10 s; every read got 200',
      ['server', 'idle p99 ms', 'flood p99 ms', 'flood reads/s', 'responses to the flood'],
      rows,
    );
  }

  startUp(results) {
    const rows = [...results].map(([name, times]) => [name, whole(median(times)), spread(times)]);
    this.table('From spawn to the first authenticated 200', ['server', 'ms', 'spread'], rows);
  }
}
