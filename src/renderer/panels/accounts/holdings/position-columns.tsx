import { useTranslation } from 'react-i18next';
import type { Position } from '#shared/domain/account.ts';
import { formatExact, formatExactSigned, moveOf } from '../../../ui/format-exact.ts';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { MoneyCell, PriceCell, SideCell } from './cells.tsx';
import { ClosePosition } from './close-position.tsx';
import type { Column } from './column.ts';
import { accountColumn, instrumentColumn, sourceColumn } from './common-columns.tsx';
import { quoteOf } from './currency-digits.ts';
import { Figure } from './figure.tsx';

// The narrowest they may be adds up to less than the frame below the chart on a screen of 1600: no column is cut there.
export const POSITION_COLUMNS: readonly Column<Position>[] = [
  instrumentColumn('minmax(156px, 1.5fr)'),
  accountColumn('minmax(54px, 0.8fr)'),
  {
    id: 'side',
    track: 'minmax(60px, 0.7fr)',
    align: 'start',
    by: { kind: 'decimal', of: ({ quantity }) => quantity },
    cell: (row) => <PositionSide row={row} />,
  },
  {
    id: 'quantity',
    track: 'minmax(68px, 0.9fr)',
    by: { kind: 'decimal', of: ({ quantity }) => quantity },
    cell: ({ quantity }) => (
      <Figure text={formatExact(quantity)} exact={quantity} testId="position-quantity" />
    ),
  },
  {
    id: 'entry',
    track: 'minmax(76px, 1fr)',
    by: { kind: 'decimal', of: ({ entryPrice }) => entryPrice },
    cell: ({ instrument, entryPrice }) => <PriceCell instrument={instrument} price={entryPrice} />,
  },
  {
    id: 'mark',
    track: 'minmax(84px, 1fr)',
    by: { kind: 'decimal', of: ({ markPrice }) => markPrice },
    cell: ({ instrument, markPrice, isEstimated }) => (
      <PriceCell instrument={instrument} price={markPrice} isMoving isEstimated={isEstimated} />
    ),
  },
  {
    id: 'pnl',
    track: 'minmax(98px, 1.2fr)',
    by: { kind: 'decimal', of: ({ unrealisedPnl }) => unrealisedPnl },
    cell: ({ instrument, unrealisedPnl, isEstimated }) => (
      <MoneyCell
        sum={unrealisedPnl}
        currency={quoteOf(instrument)}
        isChange
        isMoving
        isEstimated={isEstimated}
        testId="position-pnl"
      />
    ),
  },
  {
    id: 'roe',
    track: 'minmax(76px, 0.8fr)',
    by: { kind: 'decimal', of: ({ returnPercent }) => returnPercent },
    cell: ({ returnPercent, isEstimated }) => (
      <Figure
        text={returnPercent === undefined ? UNKNOWN : `${formatExactSigned(returnPercent, 2)}%`}
        exact={returnPercent && `${returnPercent}%`}
        move={moveOf(returnPercent)}
        isMoving
        isEstimated={isEstimated}
      />
    ),
  },
  {
    id: 'leverage',
    track: 'minmax(70px, 0.8fr)',
    by: { kind: 'decimal', of: ({ leverage }) => leverage },
    cell: (row) => <Leverage row={row} />,
  },
  {
    id: 'liquidation',
    track: 'minmax(76px, 1fr)',
    by: { kind: 'decimal', of: ({ liquidationPrice }) => liquidationPrice },
    cell: ({ instrument, liquidationPrice }) => (
      <PriceCell instrument={instrument} price={liquidationPrice} />
    ),
  },
  {
    id: 'distance',
    track: 'minmax(78px, 0.8fr)',
    by: { kind: 'decimal', of: ({ liquidationDistancePercent }) => liquidationDistancePercent },
    cell: ({ liquidationDistancePercent: distance, isEstimated }) => (
      <Figure
        text={distance === undefined ? UNKNOWN : `${formatExact(distance, 1)}%`}
        exact={distance && `${distance}%`}
        isMoving
        isEstimated={isEstimated}
      />
    ),
  },
  sourceColumn('minmax(104px, 0.9fr)'),
  { id: 'close', track: '60px', cell: (row) => <ClosePosition position={row} /> },
];

function PositionSide({ row: { quantity, leg } }: { readonly row: Position }) {
  const { t } = useTranslation();
  const isShort = quantity.startsWith('-');
  return (
    <>
      <SideCell side={isShort ? 'sell' : 'buy'} word={t(isShort ? 'holding.short' : 'holding.long')} />
      {leg !== 'both' && <span className="text-dim"> {t('holding.hedged')}</span>}
    </>
  );
}

function Leverage({ row: { leverage, marginMode } }: { readonly row: Position }) {
  const { t } = useTranslation();
  const mode = marginMode === undefined ? '' : ` ${t(`margin.${marginMode}`)}`;
  return <Figure text={leverage === undefined ? UNKNOWN : `${formatExact(leverage)}×${mode}`} />;
}
