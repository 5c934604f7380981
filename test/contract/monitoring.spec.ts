import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startTestApp } from '../support/test-app.js';

const ALERTS = readFileSync('deploy/monitoring/alerts.yaml', 'utf8');
const DASHBOARD = JSON.parse(readFileSync('deploy/monitoring/dashboard.json', 'utf8')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

/** PromQL's own words, and the labels and variables that the expressions use. */
const NO_METRICS =
  /^(sum|rate|increase|max|by|le|histogram_quantile|status|outcome|state|command|ok|kind|result|route|job|method|__rate_interval)$/;

function metricsIn(expression: string): string[] {
  const words = expression.replaceAll(/"[^"]*"/g, '').match(/\b[a-z_][a-z0-9_]*/g) ?? [];
  return words.filter((word) => !NO_METRICS.test(word));
}

describe('deploy/monitoring', () => {
  it('names only metrics that the server has', async () => {
    const app = await startTestApp({ METRICS_PORT: '0' }, { singleProcess: 'its metrics are read' });
    const { port } = app.logs.find(({ event }) => event === 'metrics_listening') as { port: number };
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    await app.close();
    const served = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name!));
    const exists = (name: string) => served.has(name) || served.has(name.replace(/_(count|bucket|sum)$/, ''));

    const alerts = [...ALERTS.matchAll(/expr: (?:\|\n((?: {10}.*\n)+)|(.*)\n)/g)].map(
      ([, block, line]) => block ?? line!,
    );
    const panels = DASHBOARD.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(alerts.length).toBeGreaterThan(5);
    expect(panels.length).toBeGreaterThan(10);
    const names = [...new Set([...alerts, ...panels].flatMap(metricsIn))];
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !exists(name))).toEqual([]);
  });
});
