/** The URL of the metrics of an app with METRICS_PORT=0. @param logs the log of the app, which names the port */
export function metricsUrl(logs: Record<string, unknown>[]): string {
  const { port } = logs.find(({ event }) => event === 'metrics_listening')!;
  return `http://127.0.0.1:${Number(port)}/metrics`;
}

export async function scrape(logs: Record<string, unknown>[]): Promise<string> {
  return (await fetch(metricsUrl(logs))).text();
}
