import type { Db } from 'mongodb';
import { failed, warning, type Problem } from './check.types.js';

const NOTICEABLE_MS = 1_000;
const HARMFUL_MS = 30_000;

/** This process's clock sets deadlines; the clocks of other processes and of the database enforce them. */
export async function clockProblems(db: Db): Promise<Problem[]> {
  const before = Date.now();
  const { localTime } = await db.admin().command({ hello: 1 });
  const after = Date.now();
  return judgeClock((localTime as Date).getTime(), before, after);
}

/** @param before, after this machine's time before and after the query, so that the round trip does not count */
export function judgeClock(databaseTime: number, before: number, after: number): Problem[] {
  const difference = Math.max(before - databaseTime, databaseTime - after, 0);
  if (difference < NOTICEABLE_MS) return [];
  const report = difference < HARMFUL_MS ? warning : failed;
  const message = `This machine's clock and the database's differ by ${Math.round(difference / 1000)} s`;
  return [report('clocks_differ', message, 'Keep both on network time: timedatectl set-ntp true, or chrony.')];
}
