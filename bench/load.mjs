import autocannon from 'autocannon';

/**
 * Keeps `inFlight` requests in flight for `seconds`, each on a connection of its own.
 * @param until a promise that ends it earlier
 * @param each (i) → the requests {method?, headers, body?} of the i-th connection, sent in turn
 * @returns {Promise<{count: number, perSecond: number, p50: number, p99: number, statuses: Record<string, number>}>} times in ms
 */
export async function load({ url, inFlight, seconds, until, each }) {
  let connection = 0;
  const times = [];
  const statuses = {};
  const start = performance.now();
  let last = start;
  const run = autocannon({
    url,
    connections: inFlight,
    duration: seconds,
    timeout: 30,
    setupClient: (client) => client.setRequests(each(connection++)),
  });
  // autocannon's own histogram knows whole milliseconds only.
  run.on('response', (_client, status, _bytes, milliseconds) => {
    last = performance.now();
    times.push(milliseconds);
    statuses[status] = (statuses[status] ?? 0) + 1;
  });
  void until?.then(() => run.stop());
  const { errors } = await run;
  if (errors > 0) statuses.failed = errors;
  return { count: times.length, perSecond: times.length / ((last - start) / 1000), ...percentiles(times), statuses };
}

/**
 * Reads of signed-in clients. Every connection has the cookie of a session of its own. A status other than 200 is an error.
 * `cpuPerRead` is the server's processor time in microseconds; other load on the machine affects it least.
 */
export async function authenticatedReads({ server, contender, cookies }, inFlight, seconds, until) {
  const each = (i) => [{ method: 'GET', headers: { cookie: cookies[i % cookies.length] } }];
  const cpuBefore = await server.cpuMicroseconds();
  const result = await load({ url: server.url + contender.read, inFlight, seconds, until, each });
  const cpuPerRead = ((await server.cpuMicroseconds()) - cpuBefore) / result.count;
  const other = Object.keys(result.statuses).filter((status) => status !== '200');
  if (other.length > 0) throw new Error(`${contender.name} responded with ${JSON.stringify(result.statuses)}`);
  return { ...result, cpuPerRead };
}

/**
 * Sign-ins with the right password. Every connection signs in to accounts of its own, in turn, because one account gets no
 * thousand sign-ins. Ends when the server is idle: hashes for connections that are gone would slow the next measure.
 */
export async function signIns({ server, contender, cookies }, inFlight, seconds) {
  const accounts = cookies.map((_cookie, account) => account);
  const each = (i) =>
    accounts
      .filter((account) => account % inFlight === i)
      .map((account) => ({
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(contender.credentials(account)),
      }));
  const result = await load({ url: server.url + contender.login, inFlight, seconds, each });
  await server.idle();
  return result;
}

function percentiles(times) {
  const sorted = Float64Array.from(times).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { p50: at(0.5), p99: at(0.99) };
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
}
