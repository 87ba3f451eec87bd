import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type AccountId, accountVenue, type Dated } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import { currentLanguage } from '../../../i18n/i18n.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact, formatExactSigned, moveOf } from '../../../ui/format-exact.ts';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { formatPriceText } from '../../../ui/format-price.ts';
import { formatAge, formatClock, formatDay, formatMoment, machineTime } from '../../../ui/format-time.ts';
import { LiveText } from '../../../ui/live-text.tsx';
import { currencyDigits } from './currency-digits.ts';
import { Figure } from './figure.tsx';
import { venueName } from './venue-name.ts';

/** Cells that several tables have. */

export function InstrumentCell({ instrument }: { readonly instrument: InstrumentId }) {
  const { app } = useDesk();
  const venue = venueOf(instrument);
  return (
    <span className="holding-name">
      <strong>{instrumentName(instrument)}</strong> <span className="text-dim">{venueName(app, venue)}</span>
    </span>
  );
}

export function AccountCell({ account }: { readonly account: AccountId }) {
  const { holdings } = useDesk();
  const label = useStore(
    holdings.accounts.store,
    ({ view }) => view?.accounts.find(({ id }) => id === account)?.label,
  );
  return <span title={account}>{label ?? account}</span>;
}

/** Where no instrument beside it names the venue. */
export function AccountAtVenueCell({ account }: { readonly account: AccountId }) {
  const { app } = useDesk();
  return (
    <>
      <AccountCell account={account} />{' '}
      <span className="text-dim">{venueName(app, accountVenue(account))}</span>
    </>
  );
}

/** A word and a shape, in the direction's colour. */
export function SideCell({ side, word }: { readonly side: OrderSide; readonly word: string }) {
  return (
    <span className="holding-side" data-side={side}>
      <svg aria-hidden="true" viewBox="0 0 8 6" className="side-mark" data-side={side}>
        <path d="M0 6 4 0l4 6z" fill="currentColor" />
      </svg>
      {word}
    </span>
  );
}

interface PriceCellProps {
  readonly instrument: InstrumentId;
  readonly price: string | undefined;
  readonly isMoving?: boolean;
  readonly isEstimated?: boolean;
  readonly testId?: string;
}

export function PriceCell({ instrument, price, ...about }: PriceCellProps) {
  const { instruments } = useDesk();
  const known = useStore(instruments.store, (state) => state.known.get(instrument));
  return <Figure text={formatPriceText(known, price)} exact={price} {...about} />;
}

interface MoneyCellProps {
  readonly sum: string | undefined;
  readonly currency: string | undefined;
  /** Signed and in the colour of its direction. */
  readonly isChange?: boolean;
  readonly isMoving?: boolean;
  readonly isEstimated?: boolean;
  readonly testId?: string;
}

export function MoneyCell({ sum, currency, isChange = false, ...about }: MoneyCellProps) {
  const digits = currencyDigits(currency);
  const text = isChange ? formatExactSigned(sum, digits) : formatExact(sum, digits);
  const unit = sum === undefined || currency === undefined ? '' : ` ${currency}`;
  return (
    <Figure
      text={`${text}${unit}`}
      exact={sum && `${sum}${unit}`}
      {...(isChange ? { move: moveOf(sum) } : {})}
      {...about}
    />
  );
}

/** When something was, by the venue's clock. */
export function TimeCell({ time }: { readonly time: number | undefined }) {
  const { pulse } = useDesk();
  if (time === undefined) return <Figure text={UNKNOWN} />;
  const isToday = formatDay(time) === formatDay(pulse.getState().now);
  // What happened then happened, however old the news of it.
  return (
    <time dateTime={machineTime(time)} title={formatMoment(time)}>
      {isToday ? formatClock(time) : `${formatDay(time)} ${formatClock(time)}`}
    </time>
  );
}

/** How the row is known, and since when. */
export function SourceCell({ source, receivedAt }: Dated) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  return (
    <span className="holding-source" title={t(`figure.${source}-explained`)} data-source={source}>
      <span className="text-dim">{t(`figure.${source}`)}</span>{' '}
      <LiveText
        wake={[pulse]}
        read={() => ({
          text: formatAge(pulse.getState().now - receivedAt, currentLanguage()),
          title: formatMoment(receivedAt),
        })}
      />
    </span>
  );
}
