import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ConnectionHealth, StreamHealth } from '#shared/domain/connection.ts';
import { connectionKind, streamKind, streamStateOn } from '#shared/domain/health-kind.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { connectionWords } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal, formatSigned, UNKNOWN } from '../../ui/format-number.ts';
import { formatAge, formatClock, formatMoment } from '../../ui/format-time.ts';
import { HealthGlyph, healthWordClass } from '../../ui/health-glyph.tsx';
import { stateSentence, streamName } from './connection-words.ts';

interface ConnectionDetailsProps {
  readonly id: string;
  readonly venueName: string;
}

/** Everything known about one connection and its streams. */
export function ConnectionDetails({ id, venueName }: ConnectionDetailsProps) {
  const { pulse } = useDesk();
  const connection = useStore(pulse, ({ health }) => health?.connections.find((one) => one.id === id));
  if (connection === undefined) return null;
  const name = connectionWords(id, venueName);
  return (
    <section className="connection-part" data-testid="connection-details" data-connection={id}>
      <h3>{name}</h3>
      <StateLine connection={connection} />
      <Facts connection={connection} />
      <Streams connection={connection} name={name} />
    </section>
  );
}

function StateLine({ connection }: { readonly connection: ConnectionHealth }) {
  const { pulse } = useDesk();
  const now = useStore(pulse, (state) => Math.floor(state.now / 1_000) * 1_000);
  const kind = connectionKind(connection);
  return (
    <p className="connection-state" data-testid="connection-state">
      <HealthGlyph kind={kind} />
      <span>{stateSentence(connection, now)}</span>
    </p>
  );
}

function Facts({ connection }: { readonly connection: ConnectionHealth }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const offset = useStore(pulse, ({ health }) => health?.clockOffsetMs[connection.venue]);
  const { roundTripMs } = connection;
  const facts = [
    [t('fact.since'), formatClock(connection.since), formatMoment(connection.since)],
    [t('fact.round-trip'), roundTripMs === undefined ? UNKNOWN : formatAge(roundTripMs, currentLanguage())],
    [t('fact.clock'), offset === undefined ? UNKNOWN : `${formatSigned(offset, 0)} ms`],
    [t('fact.reconnects'), formatDecimal(connection.reconnects, 0)],
    [t('fact.failed-frames'), formatDecimal(connection.failedFrames, 0)],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([word, text, title]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd title={title}>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Streams({ connection, name }: { readonly connection: ConnectionHealth; readonly name: string }) {
  const { t } = useTranslation();
  if (connection.streams.length === 0) return <p className="text-dim">{t('streams.none')}</p>;
  return (
    // A scrolling part must be reachable without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <div className="streams" tabIndex={0} role="region" aria-label={t('streams.title', { name })}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('streams.stream')}</th>
            <th scope="col">{t('streams.state')}</th>
            <th scope="col">{t('streams.age')}</th>
            <th scope="col">{t('streams.rate')}</th>
            <th scope="col">{t('streams.gaps')}</th>
            <th scope="col">{t('streams.resyncs')}</th>
          </tr>
        </thead>
        <tbody>
          {connection.streams.map((stream) => (
            <StreamRow key={stream.stream} connection={connection} stream={stream} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function StreamRow({
  connection,
  stream,
}: {
  readonly connection: ConnectionHealth;
  readonly stream: StreamHealth;
}) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const answering = useStore(pulse, (state) => state.answering);
  const kind = answering ? streamKind(streamStateOn(connection.state, stream.state)) : 'stale';
  const { lastReceivedAt } = stream;
  // Within a beat of the health update the age is what it was then: the table moves once a second.
  const asOf = useStore(pulse, ({ health }) => health?.asOf ?? Number.NaN);
  const age = lastReceivedAt === undefined ? undefined : asOf - lastReceivedAt;
  return (
    <tr>
      <th scope="row">{streamName(stream.stream)}</th>
      <td>
        <span className="stream-state">
          <HealthGlyph kind={kind} />
          <span className={healthWordClass(kind)}>
            {answering ? t(`health.${kind}`) : t('health.unheard')}
          </span>
        </span>
      </td>
      <td>{formatAge(age, currentLanguage())}</td>
      <td>{formatDecimal(stream.perSecond, 1)}</td>
      <td>{formatDecimal(stream.gaps, 0)}</td>
      <td>{formatDecimal(stream.resyncs, 0)}</td>
    </tr>
  );
}
