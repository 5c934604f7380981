import { Presets, SingleBar } from 'cli-progress';
import { terminal } from './terminal.js';

export interface Progress {
  advance(documents: number): void;
  stop(): void;
}

/** A bar on stderr, for people at a terminal only. */
export function showProgress(total: number): Progress {
  const { stderr } = terminal();
  const format = '{bar} {percentage}% | {value} of {total} | {eta_formatted} left';
  const bar = new SingleBar({ format, stream: stderr, noTTYOutput: false }, Presets.shades_classic);
  if (stderr.isTTY) bar.start(total, 0);
  return { advance: (documents) => bar.increment(documents), stop: () => bar.stop() };
}
