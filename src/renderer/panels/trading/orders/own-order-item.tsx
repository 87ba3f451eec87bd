import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import type { OwnOrder, OwnOrderState } from '#shared/domain/own-order.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { changeText, rejectionText } from '../../../i18n/order-words.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { formatAverage } from '../../../ui/format-price.ts';
import { formatMoment, formatSeconds } from '../../../ui/format-time.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { usePlaceName } from '../use-place-name.ts';
import { orderRef } from './order-ref.ts';
import { orderText } from './order-text.ts';

const GLYPHS: Readonly<Record<OwnOrderState, HealthKind>> = {
  submitting: 'connecting',
  open: 'live',
  cancelling: 'rotating',
  filled: 'live',
  cancelled: 'idle',
  rejected: 'failed',
  expired: 'idle',
  unknown: 'stale',
  unsent: 'failed',
};

/** One order placed from here: what it is, the standard status with the venue's own word, and what can be done with it. */
export function OwnOrderItem({ order }: { readonly order: OwnOrder }) {
  const { t } = useTranslation();
  const { client, flightChoice, instruments, trading } = useDesk();
  const { busy, ask } = useAsk();
  const [said, setSaid] = useState<string>();
  const { request, state } = order;
  const id = request.clientOrderId;
  const about = useStore(instruments.store, ({ known }) => known.get(request.instrument));
  const venue = usePlaceName(order.account);
  const what = orderText(request, about);
  const canCancel = state === 'open' || state === 'unknown' || state === 'submitting';
  const cancel = () =>
    ask(async () =>
      setSaid(changeText(await client.request('orders.cancel', orderRef(order)), order.account)),
    );
  const why = rejectionText(order);
  return (
    <li className="own-order" data-state={state} data-testid="own-order" data-order={id}>
      <p className="own-order-head">
        <HealthGlyph kind={GLYPHS[state]} />
        <strong className="side-word" data-side={request.side}>
          {t(`ticket.${request.side}`)}
        </strong>
        <strong>{instrumentName(request.instrument)}</strong>
        <Since at={order.since} />
      </p>
      <p>{what}</p>
      <p>
        <span data-testid="own-state">{t(`ownstate.${state}`)}</span>
        {order.status !== undefined && (
          <span className="text-dim" data-testid="own-status">
            {' · '}
            {order.status}
            {order.venueStatus === undefined ? '' : ` (${venue}: ${order.venueStatus})`}
          </span>
        )}
      </p>
      {/[1-9]/.test(order.filledQuantity) && (
        <p className="text-dim">
          {t('mine.filled', {
            filled: formatExact(order.filledQuantity),
            quantity: formatExact(request.quantity),
          })}{' '}
          {order.averagePrice !== undefined &&
            t('mine.average', { average: formatAverage(about, order.averagePrice) })}
        </p>
      )}
      {why !== undefined && <p>{why}</p>}
      {said !== undefined && (
        <p role="status" className="text-dim" data-testid="own-said">
          {said}
        </p>
      )}
      <p className="own-order-actions">
        {canCancel && (
          <button
            type="button"
            className="button"
            disabled={busy}
            aria-label={t('mine.cancel-named', { what })}
            data-testid="own-cancel"
            onClick={cancel}
          >
            {t('mine.cancel')}
          </button>
        )}
        {state === 'unknown' && (
          <button type="button" className="button" onClick={trading.openBoard}>
            {t('mine.decide')}
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={t('mine.flight-named', { what })}
          data-testid="own-flight"
          onClick={() => flightChoice.openFlight(id)}
        >
          {t('mine.flight')}
        </button>
      </p>
    </li>
  );
}

/** How long ago, in whole seconds of the engine's clock. */
function Since({ at }: { readonly at: number }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const seconds = useStore(pulse, ({ now }) => Math.max(0, Math.floor((now - at) / 1_000)));
  return (
    <span className="text-dim own-order-since" title={formatMoment(at)}>
      {t('mine.since', { age: formatSeconds(seconds, currentLanguage()) })}
    </span>
  );
}
