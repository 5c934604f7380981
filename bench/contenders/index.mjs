import { betterAuth } from './better-auth.mjs';
import { django } from './django.mjs';
import { expressDocs } from './express-docs.mjs';
import { fastify } from './fastify.mjs';
import { floor } from './floor.mjs';
import { hono } from './hono.mjs';
import { project } from './project.mjs';

/**
 * The servers that are compared, in the order of the report. Accounts and sessions are copies of one that was made through
 * HTTP: the documents have the shape that each server itself gives them, and a thousand accounts do not cost a thousand
 * hashes.
 *
 * `command` starts the server, which listens on `PORT` of its environment; `seed(db, server, count, uri)` → one cookie per
 * account, each of a session of its own. Optional: `unavailable()` → why the contender cannot run on this machine, or
 * undefined; `prepare(uri)`, before the server starts.
 */
const ALL = [project, floor, expressDocs, fastify, hono, betterAuth, django];

/**
 * The contenders that can run on this machine. Prints the others and why.
 * @param names of their databases; all contenders if empty
 */
export async function availableContenders(names) {
  const available = [];
  for (const contender of ALL.filter(({ database }) => names.length === 0 || names.includes(database))) {
    const reason = await contender.unavailable?.();
    if (reason) process.stderr.write(`${contender.name} is skipped: ${reason}\n`);
    else available.push(contender);
  }
  return available;
}

/** The contenders that are Node.js scripts. */
export const nodeContenders = ALL.filter(({ command }) => command[0] === process.execPath);
