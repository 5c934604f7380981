import { terminal } from './terminal.js';

export interface Progress {
  advance(documents: number): void;
  stop(): void;
}

/** A counter on one line of stderr, at a terminal only. One line of text needs no package for progress bars. */
export function showProgress(total: number): Progress {
  const { stderr } = terminal();
  let done = 0;
  const advance = (documents: number): void => {
    done += documents;
    if (stderr.isTTY) stderr.write(`\r${done} of ${total} users`);
  };
  return { advance, stop: () => void (stderr.isTTY && stderr.write('\n')) };
}
