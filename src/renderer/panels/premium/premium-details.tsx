import { useTranslation } from 'react-i18next';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import type { PremiumRow, PremiumView } from '#shared/domain/premium.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal, formatRate } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { wonText } from './won-text.ts';

interface PremiumDetailsProps {
  readonly row: PremiumRow;
  readonly view: PremiumView;
  readonly onShow: (instrument: InstrumentId) => void;
}

/** How the chosen row's figures come about, with its own numbers, and the ways to its two markets. */
export function PremiumDetails({ row, view, onShow }: PremiumDetailsProps) {
  const { t } = useTranslation();
  const { app, instruments } = useDesk();
  const venueName = (of: InstrumentId) =>
    app.venues.find(({ id }) => id === venueOf(of))?.name ?? venueOf(of);
  const here = formatPrice(instruments.get(row.krw), row.krwPrice);
  const abroad = formatPrice(instruments.get(row.usdt), row.usdtPrice);
  const tether = view.krwPerUsdt[venueOf(row.krw)] ?? Number.NaN;
  const sums = [
    {
      name: 'official',
      text: `${here} ÷ (${abroad} × ${formatDecimal(view.fx.krwPerUsd, 2)}) − 1 = ${formatRate(row.official, 2)}`,
    },
    {
      name: 'tether',
      text: `${here} ÷ (${abroad} × ${formatPrice(instruments.get(`${venueOf(row.krw)}:USDT-KRW` as InstrumentId), tether)}) − 1 = ${formatRate(row.tether, 2)}`,
    },
  ] as const;
  const notional = wonText(view.notionalKrw, currentLanguage());
  return (
    <section
      className="premium-details"
      aria-label={t('premium.details')}
      data-testid="premium-details"
      data-fresh={row.staleLeg === undefined ? 'fresh' : 'stale'}
    >
      <dl>
        {sums.map(({ name, text }) => (
          <div key={name}>
            <dt>{t(`premium.sum-${name}`)}</dt>
            <dd className="value">{text}</dd>
          </div>
        ))}
        <div>
          <dt>{t('premium.sum-in')}</dt>
          <dd>
            {t('premium.in-told', { abroad: venueName(row.usdt), here: venueName(row.krw), notional })}{' '}
            <span className="value">{formatRate(row.executableIn, 2)}</span>
          </dd>
        </div>
        <div>
          <dt>{t('premium.sum-out')}</dt>
          <dd>
            {t('premium.out-told', { abroad: venueName(row.usdt), here: venueName(row.krw), notional })}{' '}
            <span className="value">{formatRate(row.executableOut, 2)}</span>
          </dd>
        </div>
      </dl>
      <p className="premium-shows">
        {[row.krw, row.usdt].map((leg) => (
          <button key={leg} type="button" className="button" onClick={() => onShow(leg)}>
            {t('premium.show', { venue: venueName(leg), name: instrumentName(leg) })}
          </button>
        ))}
      </p>
    </section>
  );
}
