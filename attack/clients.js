import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';

/** The problem when the server is not live during an attack. */
export const NO_RESPONSE = 'other clients got no response';

/** Opens connections that send this text at once and read nothing. */
export function openAll(url, count, text) {
  const { hostname, port } = new URL(url);
  const open = () =>
    new Promise((resolve) => {
      const socket = connect(Number(port), hostname, () => resolve(socket));
      socket.on('error', () => undefined).pause();
      socket.write(text);
    });
  return Promise.all(Array.from({ length: count }, open));
}

/** Whether other clients are served. */
export const isLive = (url) =>
  fetch(`${url}/health/live`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Resident memory in bytes, as Linux counts it. */
export async function memoryOf(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024;
}
