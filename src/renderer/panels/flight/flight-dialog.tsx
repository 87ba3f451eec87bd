import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HeartlineError } from '#shared/base/errors.ts';
import type { Flight } from '#shared/contract/order-views.ts';
import { type Instrument, instrumentName } from '#shared/domain/instrument.ts';
import { asError } from '../../stores/as-error.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatFull, formatMoment } from '../../ui/format-time.ts';
import { Pending } from '../../ui/pending.tsx';
import { orderText } from '../trading/orders/order-text.ts';
import { usePlaceName } from '../trading/use-place-name.ts';
import { eventText } from './event-words.ts';
import { FileButton } from './file-button.tsx';
import { type FlightRow, flightRows, plusMs, shortHash, shownMs } from './flight-rows.ts';
import { JournalSection } from './journal-section.tsx';

interface FlightDialogProps {
  readonly clientOrderId: string;
  readonly onClose: () => void;
}

/** The flight recorder of one order: everything that was written down about it, from the click on. */
export function FlightDialog({ clientOrderId, onClose }: FlightDialogProps) {
  const { t } = useTranslation();
  const { client, trading } = useDesk();
  const [flight, setFlight] = useState<Flight>();
  const [error, setError] = useState<HeartlineError>();
  const [attempt, setAttempt] = useState(0);
  // Read again whenever the order itself has changed: its lines have too.
  const order = useStore(trading.own.store, ({ view }) => view?.get(clientOrderId));
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them is a reason to read again.
  useEffect(() => {
    let ended = false;
    client.request('orders.flight', { clientOrderId }).then(
      (read) => {
        if (ended) return;
        setFlight(read);
        setError(undefined);
      },
      (fault: unknown) => {
        if (!ended) setError(asError(fault));
      },
    );
    return () => {
      ended = true;
    };
  }, [client, clientOrderId, order, attempt]);
  return (
    <Dialog title={t('flight.title')} testId="flight-dialog" onClose={onClose}>
      {flight === undefined ? (
        <Pending error={error} waiting={t('flight.reading')} onRetry={() => setAttempt(attempt + 1)} />
      ) : (
        <FlightBody flight={flight} />
      )}
      <div className="dialog-actions">
        <FileButton
          testId="flight-export"
          ask={() => client.request('orders.exportFlight', { clientOrderId })}
        >
          {t('flight.export')}
        </FileButton>
      </div>
      <JournalSection />
    </Dialog>
  );
}

function FlightBody({ flight }: { readonly flight: Flight }) {
  const { t } = useTranslation();
  const { instruments } = useDesk();
  const { order } = flight;
  const venue = usePlaceName(order.account);
  const about = useStore(instruments.store, ({ known }) => known.get(order.request.instrument));
  const { answeredAfterMs, sentAfterMs } = order;
  return (
    <>
      <p className="flight-what">
        <strong className="side-word" data-side={order.request.side}>
          {t(`ticket.${order.request.side}`)}
        </strong>{' '}
        <strong>{instrumentName(order.request.instrument)}</strong> {orderText(order.request, about)}
      </p>
      <dl className="flight-facts">
        <Fact name={t('holding.status')}>
          {t(`ownstate.${order.state}`)}
          {order.status === undefined ? '' : ` · ${order.status}`}
          {order.venueStatus === undefined ? '' : ` (${venue}: ${order.venueStatus})`}
        </Fact>
        <Fact name={t('holding.client-id')}>{order.request.clientOrderId}</Fact>
        {order.venueOrderId !== undefined && <Fact name={t('holding.order-id')}>{order.venueOrderId}</Fact>}
        {sentAfterMs !== undefined && <Fact name={t('flight.to-wire')}>{shownMs(sentAfterMs)}</Fact>}
        {answeredAfterMs !== undefined && (
          <Fact name={t('flight.to-answer')}>{shownMs(answeredAfterMs)}</Fact>
        )}
      </dl>
      {order.disproved !== undefined && <p className="text-bad">{t('flight.disproved')}</p>}
      <section
        className="flight-scroll"
        aria-label={t('flight.lines')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keys.
        tabIndex={0}
      >
        <table className="flight-table" data-testid="flight-lines">
          <thead>
            <tr>
              <th scope="col">{t('flight.station')}</th>
              <th scope="col">{t('flight.after')}</th>
              <th scope="col">{t('flight.since')}</th>
              <th scope="col">{t('flight.what')}</th>
              <th scope="col">{t('holding.time')}</th>
              <th scope="col">{t('flight.hash')}</th>
            </tr>
          </thead>
          <tbody>
            {flightRows(flight).map((row) => (
              <FlightLine key={row.line.seq} row={row} about={about} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

interface FlightLineProps {
  readonly row: FlightRow;
  readonly about: Instrument | undefined;
}

function FlightLine({ row: { line, station, sinceMs }, about }: FlightLineProps) {
  const { t } = useTranslation();
  return (
    <tr data-station={station} data-kind={line.event.kind} data-testid="flight-line">
      <th scope="row">{t(`station.${station}`)}</th>
      <td className="flight-ms">{plusMs(line.afterMs)}</td>
      <td className="flight-ms text-dim">{sinceMs === undefined ? '' : plusMs(sinceMs)}</td>
      <td className="flight-words">
        {eventText(line.event, about)}
        {line.state !== undefined && <span className="text-dim"> → {t(`ownstate.${line.state}`)}</span>}
      </td>
      <td className="text-dim" title={formatMoment(line.at)}>
        {formatFull(line.at).slice(11)}.{String(Math.floor(line.at) % 1_000).padStart(3, '0')}
      </td>
      <td className="text-dim" title={t('flight.hash-full', { seq: line.seq, hash: line.hash })}>
        <code>{shortHash(line.hash)}</code>
      </td>
    </tr>
  );
}
