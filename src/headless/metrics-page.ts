import { Counter, Gauge, Registry } from 'prom-client';
import type { HealthView } from '#shared/contract/api.ts';
import type { MetricsView } from '#shared/domain/metrics.ts';
import { METRIC_NAMES, type MetricName, type MetricNameText } from './metric-names.ts';
import { type MetricSample, metricSamples } from './metric-samples.ts';

/** The media type of the text format. */
export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE;

/**
 * The Prometheus text of this moment. A registry of its own for every scrape: what is no longer watched is gone with
 * it, and no row can grow old unnoticed.
 */
export function metricsPage(metrics: MetricsView, health: HealthView): Promise<string> {
  const registry = new Registry();
  const rows = Map.groupBy(metricSamples(metrics, health), ({ name }) => name);
  for (const name of Object.keys(METRIC_NAMES) as MetricNameText[]) {
    const own = rows.get(name);
    // Without a row there is nothing to say: the library would invent a zero.
    if (own) write(registry, name, METRIC_NAMES[name], own);
  }
  return registry.metrics();
}

function write(registry: Registry, name: string, known: MetricName, rows: readonly MetricSample[]): void {
  const about = { name, help: known.help, labelNames: [...known.labels], registers: [registry] };
  if (known.type === 'gauge') {
    const gauge = new Gauge(about);
    for (const { labels, value } of rows) gauge.set(labels, value);
    return;
  }
  const counter = new Counter(about);
  for (const { labels, value } of rows) counter.inc(labels, value);
}
