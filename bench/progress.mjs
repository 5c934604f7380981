/** Prints what is measured now, with the time. */
export function progress(what) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${what}\n`);
}
