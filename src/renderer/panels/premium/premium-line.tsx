import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Freshness } from '#shared/domain/freshness.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { coinOf, type PremiumRow } from '#shared/domain/premium.ts';
import { currentLanguage } from '../../i18n/i18n.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { formatDecimal, formatRate, formatSignificant, UNKNOWN } from '../../ui/format-number.ts';
import { formatPrice } from '../../ui/format-price.ts';
import { formatAge } from '../../ui/format-time.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { LiveText } from '../../ui/live-text.tsx';
import { Sparkline } from './sparkline.tsx';

interface PremiumLineProps {
  readonly id: string;
  readonly row: PremiumRow;
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isExecutableKnown: boolean;
  readonly onChoose: () => void;
}

export function PremiumLine(props: PremiumLineProps) {
  const { row, isExecutableKnown } = props;
  const { app, instruments } = useDesk();
  const known = useStore(instruments.store, (state) => state.known);
  const venueName = (of: InstrumentId) =>
    app.venues.find(({ id }) => id === venueOf(of))?.name ?? venueOf(of);
  const usdt = known.get(row.usdt);
  // A dollar that is not known makes only the figures counted in it doubtful.
  const leg = row.staleLeg === 'fx' ? undefined : row.staleLeg;
  const dollarFresh: Freshness = row.staleLeg === undefined ? 'fresh' : 'stale';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys (premium-table.tsx).
    <div
      id={props.id}
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={props.isActive}
      className="premium-row"
      data-testid="premium-row"
      data-pair={`${row.krw} ${row.usdt}`}
      data-active={props.isActive || undefined}
      data-fresh={leg === undefined ? 'fresh' : 'stale'}
      style={{ transform: `translateY(${props.top}px)` }}
      onClick={props.onChoose}
    >
      <span role="gridcell" className="premium-coin">
        {row.coin}
      </span>
      <span role="gridcell" className="premium-venue">
        {venueName(row.krw)}
      </span>
      <span role="gridcell" className="premium-venue">
        {venueName(row.usdt)} <span className="text-dim">{instrumentName(row.usdt).split('-')[2]}</span>
      </span>
      <span role="gridcell">
        <span className="value">{formatPrice(known.get(row.krw), row.krwPrice)}</span>
      </span>
      <span role="gridcell">
        <span className="value">
          {usdt && coinOf(usdt.base).coinsPerBase > 1
            ? formatSignificant(row.usdtPrice, 7)
            : formatPrice(usdt, row.usdtPrice)}
        </span>
      </span>
      <Share share={row.official} fresh={dollarFresh} testId="premium-official" isMain />
      <Share
        share={row.tether}
        fresh={leg === undefined ? 'fresh' : 'stale'}
        testId="premium-tether"
        isMain
      />
      <Share
        share={isExecutableKnown ? row.executableIn : Number.NaN}
        fresh={dollarFresh}
        testId="premium-in"
      />
      <Share
        share={isExecutableKnown ? row.executableOut : Number.NaN}
        fresh={dollarFresh}
        testId="premium-out"
      />
      <span role="gridcell" data-testid="premium-filled">
        <Filled share={isExecutableKnown ? row.filledShare : Number.NaN} />
      </span>
      <span role="gridcell" className="premium-age" data-testid="premium-age">
        <OldestLeg row={row} venueName={venueName} />
      </span>
      <span role="gridcell" className="premium-spark">
        <Sparkline history={row.history} latest={row.staleLeg === undefined ? row.official : Number.NaN} />
      </span>
    </div>
  );
}

interface ShareProps {
  readonly share: number;
  readonly fresh: Freshness;
  readonly testId: string;
  readonly isMain?: boolean;
}

function Share({ share, fresh, testId, isMain = false }: ShareProps) {
  const known = !Number.isNaN(share);
  return (
    <span role="gridcell">
      <span
        className={`value ${isMain ? 'font-semibold' : ''}`}
        data-testid={testId}
        data-fresh={known ? fresh : 'unknown'}
        data-move={share > 0 ? 'up' : share < 0 ? 'down' : 'flat'}
      >
        {formatRate(share, 2)}
      </span>
    </span>
  );
}

function Filled({ share }: { readonly share: number }) {
  const { t } = useTranslation();
  if (Number.isNaN(share)) return <span className="value text-dim">{UNKNOWN}</span>;
  const isWhole = share >= 0.9995;
  return (
    <span className={`value ${isWhole ? '' : 'text-warn'}`} title={isWhole ? '' : t('premium.thin')}>
      {formatDecimal(isWhole ? 100 : Math.min(99.9, share * 100), isWhole ? 0 : 1)}%
    </span>
  );
}

function OldestLeg({
  row,
  venueName,
}: {
  readonly row: PremiumRow;
  readonly venueName: (of: InstrumentId) => string;
}) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const { oldestAt, staleLeg } = row;
  const isKnown = !Number.isNaN(oldestAt);
  const word = () => {
    if (staleLeg === undefined) return undefined;
    if (staleLeg === 'fx') return t('premium.stale-fx');
    const venue = venueName(staleLeg as InstrumentId);
    return isKnown ? t('premium.stale-leg', { venue }) : t('premium.waiting-leg', { venue });
  };
  const said = word();
  return (
    <>
      {said !== undefined && (
        <span
          className={isKnown ? 'text-bad stream-state' : 'text-dim stream-state'}
          data-testid="premium-stale"
        >
          <HealthGlyph kind={staleLeg === 'fx' ? 'degraded' : isKnown ? 'stale' : 'connecting'} />
          <span className="truncate" title={staleLeg === 'fx' ? undefined : staleLeg}>
            {said}
          </span>
        </span>
      )}
      <LiveText
        wake={[pulse]}
        read={() => ({
          text: isKnown ? formatAge(pulse.getState().now - oldestAt, currentLanguage()) : UNKNOWN,
          fresh: isKnown ? 'fresh' : 'unknown',
        })}
      />
    </>
  );
}
