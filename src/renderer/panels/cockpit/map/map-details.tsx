import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { LatencyFigures } from '#shared/domain/metrics.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatDecimal, formatSigned, UNKNOWN } from '../../../ui/format-number.ts';
import { formatAge } from '../../../ui/format-time.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { stateSentence } from '../../status-bar/connection-words.ts';
import { VenueActions } from '../../venue-actions.tsx';
import { useCockpit } from '../cockpit-context.ts';
import { formatUptime } from '../format-share.ts';
import { formatTraffic } from '../format-traffic.ts';
import { verdictSentence } from '../incidents/verdict-words.ts';
import { venueName } from '../names.ts';
import { useMetricsFreshness } from '../use-metrics-freshness.ts';
import { useRowName } from './map-line.tsx';
import type { MapRow } from './map-rows.ts';

/** Everything about the selected row, in words and figures, and what can be done about it. */
export function MapDetails({ row }: { readonly row: MapRow }) {
  const { app } = useDesk();
  const name = useRowName(row);
  const venue = venueName(app, row.venue);
  const fresh = useMetricsFreshness();
  return (
    <div className="map-details" data-testid="map-details" data-fresh={fresh}>
      <div className="map-details-head">
        <strong className="truncate">{row.level === 1 ? venue : `${venue} · ${name}`}</strong>
        <VenueActions venue={row.venue} />
      </div>
      <StateOf row={row} />
      <FactsOf row={row} />
    </div>
  );
}

function StateOf({ row }: { readonly row: MapRow }) {
  const { t } = useTranslation();
  const { app, pulse } = useDesk();
  const { incidents } = useCockpit();
  const now = useStore(pulse, (state) => Math.floor(state.now / 1_000) * 1_000);
  const answering = useStore(pulse, (state) => state.answering);
  const trouble = useStore(incidents.store, ({ view }) =>
    view?.find(
      ({ connection, venue, endedAt }) =>
        endedAt === undefined && (row.connection ? connection === row.connection.id : venue === row.venue),
    ),
  );
  const isTroubled = row.kind !== 'live' && row.kind !== 'rotating';
  const sentence = () => {
    if (!answering) return t('connection.unheard');
    if (row.stream) {
      const forMs = Math.max(0, now - row.since);
      return t('map.stream-state', {
        state: t(`health.${row.kind}`),
        age: formatAge(forMs, currentLanguage()),
      });
    }
    return row.connection ? stateSentence(row.connection, now) : t(`map.venue-${venueMood(row)}`);
  };
  return (
    <p className="connection-state" data-testid="map-sentence">
      <HealthGlyph kind={row.kind} />
      <span>
        {sentence()} {isTroubled && trouble && verdictSentence(app, trouble.verdict)}
      </span>
    </p>
  );
}

function venueMood({ kind, isOpen }: MapRow): 'none' | 'live' | 'trouble' {
  if (isOpen === undefined) return 'none';
  return kind === 'live' || kind === 'rotating' ? 'live' : 'trouble';
}

function FactsOf({ row }: { readonly row: MapRow }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { metrics } = useCockpit();
  const view = useStore(metrics.store, (state) => state.view);
  const offset = useStore(pulse, ({ health }) => health?.clockOffsetMs[row.venue]);
  const language = currentLanguage();
  const age = (ms: number | undefined) => formatAge(ms, language);
  const count = (value: number | undefined) => formatDecimal(value, 0);
  const both = (figures: LatencyFigures | undefined) =>
    figures === undefined ? UNKNOWN : `${age(figures.p50)} / ${age(figures.p99)}`;

  const stream = row.stream && view?.streams.get(row.id);
  const connection = row.connection && view?.connections.get(row.connection.id);
  const errors = Object.entries(connection?.errors ?? {}).filter(([, times]) => times > 0);
  const facts: readonly (readonly [string, string])[] = row.stream
    ? [
        [t('fact.venue-to-receive'), both(stream?.venueToReceive)],
        [t('fact.receive-to-publish'), both(stream?.receiveToPublish)],
        [t('fact.silence'), age(row.silenceMs)],
        [t('fact.rate'), formatDecimal(row.perSecond, 1)],
        [t('fact.traffic'), formatTraffic(stream?.bytesPerSecond)],
        [t('fact.gaps'), count(row.gaps)],
        [t('fact.resyncs'), count(row.resyncs)],
        [t('fact.score'), formatDecimal(row.score, 2)],
      ]
    : [
        [t('fact.clock'), offset === undefined ? UNKNOWN : `${formatSigned(offset, 0)} ms`],
        ...(row.connection
          ? ([
              [t('fact.round-trip'), age(row.connection.roundTripMs)],
              [t('fact.uptime'), formatUptime(connection?.uptime ?? Number.NaN)],
              [t('fact.reconnects'), count(row.connection.reconnects)],
              [t('fact.attempts'), count(connection?.attempts)],
              [t('fact.traffic'), formatTraffic(connection?.bytesPerSecond)],
              [t('fact.failed-frames'), count(row.connection.failedFrames)],
              [
                t('fact.errors'),
                errors.length === 0
                  ? count(0)
                  : errors.map(([name, times]) => `${t(`class.${name as 'venue'}`)} ${times}`).join(', '),
              ],
            ] as const)
          : []),
        [t('fact.rate'), formatDecimal(row.perSecond, 1)],
        [t('fact.score'), formatDecimal(row.score, 2)],
      ];
  return (
    <dl className="facts">
      {facts.map(([word, text]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd className="value">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
