import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketView } from '#shared/contract/order-views.ts';
import type { Instrument } from '#shared/domain/instrument.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact, formatExactSigned } from '../../../ui/format-exact.ts';
import { formatPriceText } from '../../../ui/format-price.ts';
import { formatAge } from '../../../ui/format-time.ts';

type Figure =
  | 'order'
  | 'notional'
  | 'cost'
  | 'margin'
  | 'fee'
  | 'slippage'
  | 'depth'
  | 'cap'
  | 'liquidation'
  | 'free'
  | 'position';

/** Money to two digits, won to none, coins to all there are. */
function money(text: string, currency: string | undefined): string {
  const digits = currency === 'KRW' ? 0 : currency === 'USDT' || currency === 'USDC' ? 2 : undefined;
  const isSmall = digits !== undefined && Number(text) !== 0 && Math.abs(Number(text)) < 10 ** -digits;
  return `${formatExact(text, isSmall ? undefined : digits)} ${currency ?? ''}`.trim();
}

/** What the order would do, as the engine reckons it. The window adds nothing up. */
export function Estimate() {
  const { t } = useTranslation();
  const { instruments, ticket, pulse } = useDesk();
  const verdict = useStore(ticket.store, (state) => state.verdict);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  const about = useStore(instruments.store, ({ known }) => known.get(instrument));
  const view =
    verdict.kind === 'told' ? verdict.view : verdict.kind === 'asking' ? verdict.before : undefined;
  const age = useStore(pulse, ({ now }) =>
    view?.bookAt === undefined ? undefined : Math.round((now - view.bookAt) / 100) * 100,
  );
  if (view === undefined) return null;
  const { estimate } = view;
  const quote = about?.quote;
  const price = (text: string) => formatPriceText(about, text);
  const rows: readonly (readonly [Figure, string | undefined])[] = [
    ['order', leaving(view, about)],
    ['notional', estimate.notional && money(estimate.notional, quote)],
    ['cost', estimate.cost && money(estimate.cost, estimate.costCurrency)],
    [
      'margin',
      estimate.margin &&
        [money(estimate.margin, quote), estimate.leverage && `${formatExact(estimate.leverage)}×`]
          .filter(Boolean)
          .join(' · '),
    ],
    ['fee', estimate.fee && money(estimate.fee, estimate.feeCurrency)],
    ['slippage', estimate.slippagePercent && percent(estimate.slippagePercent)],
    ['depth', estimate.depthPercent && percent(estimate.depthPercent)],
    // Of a market order alone: a limit order has its worst price in its own field.
    ['cap', view.request?.isMarket === true && estimate.capPrice ? price(estimate.capPrice) : undefined],
    ['liquidation', estimate.liquidationPrice && price(estimate.liquidationPrice)],
    ['free', estimate.free && money(estimate.free, estimate.freeCurrency)],
    ['position', positions(estimate)],
  ];
  return (
    <div className="estimate" data-state={verdict.kind} data-testid="estimate">
      <dl>
        {rows.map(
          ([name, text]) =>
            text && (
              <div key={name} data-figure={name}>
                <dt>{t(`figure.${name}`)}</dt>
                <dd>{text}</dd>
              </div>
            ),
        )}
      </dl>
      <p className="text-dim estimate-age">
        {age === undefined
          ? t('figure.no-book')
          : t('figure.estimates', { age: formatAge(age, currentLanguage()) })}
      </p>
    </div>
  );
}

function positions({ positionBefore, positionAfter }: TicketView['estimate']): string | undefined {
  if (positionBefore === undefined && positionAfter === undefined) return undefined;
  const shown = (text: string | undefined) => formatExactSigned(text ?? '0');
  // Without a draft nothing comes after.
  if (positionAfter === undefined) return shown(positionBefore);
  return `${shown(positionBefore)} → ${shown(positionAfter)}`;
}

/** Hundredths; what is less than that is still not nothing. */
function percent(text: string): string {
  const isLess = /[1-9]/.test(text) && !/[1-9]/.test(formatExact(text, 2));
  return isLess ? '<0.01 %' : `${formatExact(text, 2)} %`;
}

/** The canonical order in short: what the venue would be told. */
function leaving({ request }: TicketView, about: Instrument | undefined): string | undefined {
  if (request === undefined) return undefined;
  const { price, quantity, timeInForce, triggerPrice } = request;
  const much = `${formatExact(quantity)} ${about?.base ?? ''}`.trim();
  const at = price === undefined ? '' : ` @ ${formatPriceText(about, price)}`;
  // One that becomes a market order when it goes off stands in no book, for no time.
  const stands =
    price === undefined ? '' : ` ${timeInForce === 'GTX' ? i18next.t('ticket.post-only') : timeInForce}`;
  const trigger =
    triggerPrice === undefined
      ? ''
      : ` · ${i18next.t('ticket.trigger')} ${formatPriceText(about, triggerPrice)}`;
  return `${much}${at}${stands}${trigger}`;
}
