import type { HealthView } from '#shared/contract/api.ts';
import type { ConnectionHealth, ConnectionStateKind, StreamState } from '#shared/domain/connection.ts';
import { ERROR_CLASSES, type ErrorClass } from '#shared/domain/error-class.ts';
import type {
  BudgetGauge,
  ConnectionMetrics,
  LatencyFigures,
  MetricsView,
  StreamMetrics,
} from '#shared/domain/metrics.ts';
import type { MetricNameText } from './metric-names.ts';

/** One line of the answer. `value` is always finite: what is not known is left out. */
export interface MetricSample {
  readonly name: MetricNameText;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** More streams than anybody watches; a scrape stays within a few megabytes. */
export const MOST_STREAMS = 2000;
const MOST_LABEL_CHARS = 120;
const BYTES_PER_MB = 1024 * 1024;
// Control characters, and those that turn the reading direction: a name is a stranger's text.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const CONNECTION_STATES: Readonly<Record<ConnectionStateKind, true>> = {
  idle: true,
  connecting: true,
  authenticating: true,
  subscribing: true,
  live: true,
  degraded: true,
  stale: true,
  waiting: true,
  rotating: true,
  paused: true,
  failed: true,
};
const STREAM_STATES: Readonly<Record<StreamState, true>> = {
  pending: true,
  live: true,
  late: true,
  stale: true,
};
const BUDGET_STATES: Readonly<Record<BudgetGauge['state'], true>> = {
  normal: true,
  reduced: true,
  silent: true,
};

/** What the engine says of itself, as named figures in base units. Pure. */
export function metricSamples(metrics: MetricsView, health: HealthView): readonly MetricSample[] {
  const samples: MetricSample[] = [];
  const states = new Map(health.connections.map((one) => [one.id, one] as const));
  const streamStates = new Map(
    health.connections.flatMap(({ id, streams }) =>
      streams.map(({ stream, state }) => [`${id} ${stream}`, state] as const),
    ),
  );
  const tell: Tell = (name, labels, value) => {
    if (value === undefined || !Number.isFinite(value)) return;
    const cleaned = Object.entries(labels).map(([label, text]) => [label, labelText(text)] as const);
    samples.push({ name, labels: Object.fromEntries(cleaned), value });
  };
  // By name, so that a scrape tells the same ones as the one before.
  const streams = metrics.streams.toSorted((one, other) => (one.stream < other.stream ? -1 : 1));
  for (const one of streams.slice(0, MOST_STREAMS)) {
    tellStream(tell, one, streamStates.get(`${one.connection} ${one.stream}`));
  }
  tell('heartline_streams_left_out', {}, Math.max(0, streams.length - MOST_STREAMS));
  for (const one of metrics.connections) tellConnection(tell, one, states.get(one.id));
  for (const one of metrics.budgets) tellBudget(tell, one);
  for (const [venue, errors] of Object.entries(metrics.restErrors)) {
    tellErrors(tell, 'heartline_rest_errors_total', { venue }, errors);
  }
  for (const [venue, offsetMs] of Object.entries(health.clockOffsetMs)) {
    tell('heartline_venue_clock_offset_seconds', { venue }, offsetMs / 1000);
  }
  tell('heartline_process_memory_bytes', {}, metrics.engine.memoryMb * BYTES_PER_MB);
  tell('heartline_engine_memory_bytes', {}, metrics.engine.ownMemoryMb * BYTES_PER_MB);
  tell('heartline_engine_event_loop_delay_seconds', {}, metrics.engine.eventLoopDelayMs / 1000);
  tellLatency(tell, 'heartline_publish_to_paint_seconds', {}, metrics.publishToPaint);
  return samples;
}

type Labels = Readonly<Record<string, string>>;
type Tell = (name: MetricNameText, labels: Labels, value: number | undefined) => void;

function tellStream(tell: Tell, one: StreamMetrics, state: StreamState | undefined): void {
  const labels = {
    venue: one.connection.split('/', 1)[0] ?? '',
    connection: one.connection,
    stream: one.stream,
  };
  tell('heartline_stream_frames_per_second', labels, one.perSecond);
  tell('heartline_stream_bytes_per_second', labels, one.bytesPerSecond);
  tellLatency(tell, 'heartline_stream_venue_to_receive_seconds', labels, one.venueToReceive);
  tellLatency(tell, 'heartline_stream_receive_to_publish_seconds', labels, one.receiveToPublish);
  tell('heartline_stream_silence_seconds', labels, one.silenceMs / 1000);
  tell('heartline_stream_gaps_total', labels, one.gaps);
  tell('heartline_stream_resyncs_total', labels, one.resyncs);
  tell('heartline_stream_health_score', labels, one.score);
  tellState(tell, 'heartline_stream_state', labels, STREAM_STATES, state);
}

function tellConnection(tell: Tell, one: ConnectionMetrics, health: ConnectionHealth | undefined): void {
  const labels = { venue: one.venue, connection: one.id };
  tell('heartline_connection_frames_per_second', labels, one.perSecond);
  tell('heartline_connection_bytes_per_second', labels, one.bytesPerSecond);
  tell('heartline_connection_round_trip_seconds', labels, one.roundTripMs / 1000);
  tell('heartline_connection_reconnects_total', labels, one.reconnects);
  tell('heartline_connection_failed_attempts', labels, one.attempts);
  tell('heartline_connection_uptime_ratio', labels, one.uptime);
  tellErrors(tell, 'heartline_connection_errors_total', labels, one.errors);
  tell('heartline_connection_failed_frames_total', labels, one.failedFrames);
  tell('heartline_connection_health_score', labels, one.score);
  tellState(tell, 'heartline_connection_state', labels, CONNECTION_STATES, health?.state.kind);
}

function tellBudget(tell: Tell, one: BudgetGauge): void {
  const labels = { venue: one.venue, scope: one.scope };
  tell('heartline_budget_used', labels, one.used);
  tell('heartline_budget_capacity', labels, one.capacity);
  tell('heartline_budget_reserve', labels, one.reserve);
  tell('heartline_budget_window_seconds', labels, one.windowMs / 1000);
  tell('heartline_budget_factor_ratio', labels, one.factor);
  tellState(tell, 'heartline_budget_state', labels, BUDGET_STATES, one.state);
}

/** A window without a single measurement has no latency, and zero would be a lie. */
function tellLatency(tell: Tell, name: MetricNameText, labels: Labels, figures: LatencyFigures): void {
  tell(name, { ...labels, quantile: '0.5' }, figures.p50 / 1000);
  tell(name, { ...labels, quantile: '0.99' }, figures.p99 / 1000);
}

/** Every class from the start, so that the first error is an increase and not a new row. */
function tellErrors(
  tell: Tell,
  name: MetricNameText,
  labels: Labels,
  errors: Readonly<Partial<Record<ErrorClass, number>>>,
): void {
  for (const errorClass of ERROR_CLASSES)
    tell(name, { ...labels, class: errorClass }, errors[errorClass] ?? 0);
}

function tellState<State extends string>(
  tell: Tell,
  name: MetricNameText,
  labels: Labels,
  known: Readonly<Record<State, true>>,
  state: State | undefined,
): void {
  if (state === undefined) return;
  for (const each of Object.keys(known)) tell(name, { ...labels, state: each }, each === state ? 1 : 0);
}

/** Quotes and backslashes are escaped where the page is written; here goes what no label should hold. */
function labelText(text: string): string {
  return text.replace(UNPRINTABLE, '\u{FFFD}').slice(0, MOST_LABEL_CHARS);
}
