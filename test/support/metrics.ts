/** GET this for the metrics of an app with METRICS_PORT=0. @param logs the app's, which tell the port */
export function metricsUrl(logs: Record<string, unknown>[]): string {
  const { port } = logs.find(({ event }) => event === 'metrics_listening')!;
  return `http://127.0.0.1:${Number(port)}/metrics`;
}

export async function scrape(logs: Record<string, unknown>[]): Promise<string> {
  return (await fetch(metricsUrl(logs))).text();
}
