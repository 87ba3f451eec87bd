/**
 * Every figure `GET /metrics` may tell: its name with its unit, what it means, and which labels tell its rows apart.
 * All labels are closed sets or what is being watched at the moment. docs/metrics.md and docs/grafana-dashboard.json
 * use these names; tests hold them to it.
 */
export interface MetricName {
  /** A counter only grows while the engine runs. */
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly labels: readonly string[];
}

const stream = ['venue', 'connection', 'stream'] as const;
const connection = ['venue', 'connection'] as const;
const budget = ['venue', 'scope'] as const;

const gauge = (help: string, labels: readonly string[] = []): MetricName => ({ type: 'gauge', help, labels });
const counter = (help: string, labels: readonly string[]): MetricName => ({ type: 'counter', help, labels });

export const METRIC_NAMES = {
  heartline_stream_frames_per_second: gauge('Data frames per second over the last minute.', stream),
  heartline_stream_bytes_per_second: gauge('Bytes of data frames per second over the last minute.', stream),
  heartline_stream_venue_to_receive_seconds: gauge(
    'Venue time to arrival over the last minute, corrected by the measured clock offset.',
    [...stream, 'quantile'],
  ),
  heartline_stream_receive_to_publish_seconds: gauge(
    'Arrival to the batch that left for a window, over the last minute.',
    [...stream, 'quantile'],
  ),
  heartline_stream_silence_seconds: gauge('Since the last data frame; heartbeats do not count.', stream),
  heartline_stream_gaps_total: counter('Proofs that data of the stream was lost.', stream),
  heartline_stream_resyncs_total: counter('Times the state was rebuilt after a gap.', stream),
  heartline_stream_health_score: gauge('0 dead to 1 healthy.', stream),
  heartline_stream_state: gauge('1 for the state the stream is in, 0 for the others.', [...stream, 'state']),

  heartline_connection_frames_per_second: gauge(
    'Data frames per second of all its streams together.',
    connection,
  ),
  heartline_connection_bytes_per_second: gauge('Bytes per second of all its streams together.', connection),
  heartline_connection_round_trip_seconds: gauge('Median round trip of the last pings.', connection),
  heartline_connection_reconnects_total: counter(
    'Times the link stood again after it had been lost.',
    connection,
  ),
  heartline_connection_failed_attempts: gauge('Failed attempts since it last delivered.', connection),
  heartline_connection_uptime_ratio: gauge(
    'Share of the time since it was first wanted in which it delivered.',
    connection,
  ),
  heartline_connection_errors_total: counter('Failures by class.', [...connection, 'class']),
  heartline_connection_failed_frames_total: counter('Frames nobody could read.', connection),
  heartline_connection_health_score: gauge('0 dead to 1 healthy.', connection),
  heartline_connection_state: gauge('1 for the state the connection is in, 0 for the others.', [
    ...connection,
    'state',
  ]),

  heartline_budget_used: gauge('Spent of a budget in its window, in the unit the venue counts in.', budget),
  heartline_budget_capacity: gauge('What the venue allows in one window.', budget),
  heartline_budget_reserve: gauge('Part of the capacity only cancels and reconciliation may use.', budget),
  heartline_budget_window_seconds: gauge('Length of the window.', budget),
  heartline_budget_factor_ratio: gauge('1 the whole budget, 0.7 after trouble, 0.49 after more.', budget),
  heartline_budget_state: gauge('1 for the state the budget is in, 0 for the others.', [...budget, 'state']),
  heartline_rest_errors_total: counter('REST calls that failed, by class.', ['venue', 'class']),
  heartline_venue_clock_offset_seconds: gauge('Venue clock minus ours.', ['venue']),

  heartline_process_memory_bytes: gauge('Resident memory of the whole process.'),
  heartline_engine_memory_bytes: gauge('Heap and buffers of the engine itself.'),
  heartline_engine_event_loop_delay_seconds: gauge(
    '99th percentile over the last second, above the timer resolution.',
  ),
  heartline_publish_to_paint_seconds: gauge(
    'From a batch’s leaving to the frame it was painted in, as the windows report it.',
    ['quantile'],
  ),
  heartline_streams_left_out: gauge('Streams not told here because there are too many.'),
} as const satisfies Readonly<Record<string, MetricName>>;

export type MetricNameText = keyof typeof METRIC_NAMES;
