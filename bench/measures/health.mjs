import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 50;

/** Probes GET /health/live until it is stopped. `stop()` → the median and the longest response time, in ms. */
export function watchHealth(url) {
  const times = [];
  const stopping = new AbortController();
  const probing = (async () => {
    while (!stopping.signal.aborted) {
      const start = performance.now();
      const response = await fetch(`${url}/health/live`);
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`/health/live: ${response.status}`);
      times.push(performance.now() - start);
      await delay(EVERY_MS);
    }
  })();
  probing.catch(() => undefined);
  return {
    stop: async () => {
      stopping.abort();
      await probing;
      times.sort((a, b) => a - b);
      return { p50: times[Math.floor(times.length / 2)], max: times.at(-1) };
    },
  };
}
