import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { accountVenue } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { OwnOrder } from '#shared/domain/own-order.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatClock, formatMoment, formatSeconds, machineTime } from '../../../ui/format-time.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { orderText } from '../orders/order-text.ts';
import { useVenueName } from '../use-venue-name.ts';
import { Decision } from './decision.tsx';
import { type FoldedEvidence, foldEvidence } from './fold-evidence.ts';

/** One order of unknown fate: what it was, what has been found out, when it is looked for again. */
export function UnknownOrder({ order }: { readonly order: OwnOrder }) {
  const { t } = useTranslation();
  const { client, flightChoice, instruments } = useDesk();
  const { busy, ask } = useAsk();
  const { request, placedAt, evidence, isPersonAsked } = order;
  const clientOrderId = request.clientOrderId;
  const about = useStore(instruments.store, ({ known }) => known.get(request.instrument));
  const venue = useVenueName(accountVenue(order.account));
  return (
    <article className="unknown-order" data-testid="unknown-order" data-order={clientOrderId}>
      <h3>
        <HealthGlyph kind="stale" />{' '}
        <span className="side-word" data-side={request.side}>
          {t(`ticket.${request.side}`)}
        </span>{' '}
        {instrumentName(request.instrument)} <span className="text-dim">{venue}</span>
      </h3>
      <p>
        {orderText(request, about)} ·{' '}
        <span title={formatMoment(placedAt)}>{t('board.sent', { time: formatClock(placedAt) })}</span>
      </p>
      <h4>{t('board.evidence')}</h4>
      {evidence.length === 0 ? (
        <p className="text-dim">{t('board.no-evidence')}</p>
      ) : (
        <ol className="evidence-list">
          {foldEvidence(evidence).map((line) => (
            <EvidenceLine key={`${line.first.at} ${line.first.kind}`} line={line} />
          ))}
        </ol>
      )}
      <p className="unknown-actions">
        <NextLook order={order} />
        <button
          type="button"
          className="button"
          disabled={busy}
          data-testid="board-look"
          onClick={() => ask(() => client.request('orders.look', { clientOrderId }))}
        >
          {t('board.look')}
        </button>
        <button type="button" className="button" onClick={() => flightChoice.openFlight(clientOrderId)}>
          {t('mine.flight')}
        </button>
      </p>
      {isPersonAsked && <Decision clientOrderId={clientOrderId} />}
    </article>
  );
}

function EvidenceLine({ line: { first, last, count } }: { readonly line: FoldedEvidence }) {
  const { t } = useTranslation();
  const { at, kind, detail, venueTime } = last;
  return (
    <li data-kind={kind}>
      {count > 1 && (
        <>
          <time dateTime={machineTime(first.at)} title={formatMoment(first.at)}>
            {formatClock(first.at)}
          </time>
          –
        </>
      )}
      <time dateTime={machineTime(at)} title={formatMoment(at)}>
        {formatClock(at)}
      </time>{' '}
      {t(`found.${kind}`)}
      {count > 1 && <span className="text-dim"> {t('log.repeated', { shown: String(count) })}</span>}
      {detail !== '' && <span className="text-dim"> · {detail}</span>}
      {venueTime !== undefined && (
        <span className="text-dim" title={formatMoment(venueTime)}>
          {' '}
          · {t('board.venue-time', { time: formatClock(venueTime) })}
        </span>
      )}
    </li>
  );
}

function NextLook({ order: { nextLookAt } }: { readonly order: OwnOrder }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const seconds = useStore(pulse, ({ now }) =>
    nextLookAt === undefined ? undefined : Math.max(0, Math.ceil((nextLookAt - now) / 1_000)),
  );
  if (seconds === undefined) return null;
  return (
    <span className="text-dim value" data-testid="board-next">
      {seconds === 0
        ? t('board.looking')
        : t('board.next', { left: formatSeconds(seconds, currentLanguage()) })}
    </span>
  );
}
