import { ms, ratio, Report, whole } from './report.mjs';

/** The tables of `npm run bench:scale`. */
export class ScaleReport extends Report {
  processes(results) {
    const [one] = results;
    const rows = results.map(({ count, reads, cpu, logins }) => [
      String(count),
      whole(reads),
      ratio(reads, one.reads),
      whole(cpu),
      logins.toFixed(2),
      ratio(logins, one.logins),
    ]);
    this.table(
      'Several processes of this project on one database, 64 reads or 8 sign-ins in flight',
      ['processes', 'reads/s', '× one', 'CPU µs/read', 'sign-ins/s', '× one'],
      rows,
    );
  }

  eventStreams({ count, before, memory, opening, quiet, signOuts, revoked }) {
    const { first, median, last } = revoked.result;
    const row = (phase, { seconds, cores, health }, told) => [
      phase,
      `${seconds.toFixed(1)} s`,
      `${Math.round(cores * 100)} %`,
      ms(health.p50),
      ms(health.max),
      told,
    ];
    this.table(
      `${whole(count)} event streams on one process`,
      ['phase', 'took', 'of a core', 'live p50 ms', 'live max ms', 'told after'],
      [
        row('opening all', opening, ''),
        row('open, nothing happens', quiet, ''),
        row('20 sign-outs, one by one', signOuts, `${ms(signOuts.result)} ms (median)`),
        row(
          'all others revoked by one write',
          revoked,
          `${whole(first)} to ${whole(last)} ms, median ${whole(median)}`,
        ),
      ],
    );
    const perStream = ((memory - before) * 1024) / count;
    this.text(
      `The process had ${whole(before)} MiB before and ${whole(memory)} MiB with all streams open: ${perStream.toFixed(1)} KiB ` +
        'per stream, its connection and its timers included. "live" is the response time of `/health/live`.',
    );
  }
}
