import { useTranslation } from 'react-i18next';
import { trimDecimal } from '#shared/base/decimal.ts';
import type { Fill } from '#shared/domain/order.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { UNKNOWN } from '../../../ui/format-number.ts';
import { MoneyCell, PriceCell, SideCell, TimeCell } from './cells.tsx';
import type { Column } from './column.ts';
import { accountColumn, instrumentColumn, sideColumn, sourceColumn } from './common-columns.tsx';
import { quoteOf } from './currency-digits.ts';
import { Figure } from './figure.tsx';

export const FILL_COLUMNS: readonly Column<Fill>[] = [
  {
    id: 'time',
    track: 'minmax(112px, 0.8fr)',
    align: 'start',
    by: { kind: 'time', of: ({ venueTime }) => venueTime },
    cell: ({ venueTime }) => <TimeCell time={venueTime} />,
  },
  instrumentColumn(),
  accountColumn(),
  sideColumn((row) => <FillSide row={row} />),
  {
    id: 'price',
    track: 'minmax(90px, 1fr)',
    by: { kind: 'decimal', of: ({ price }) => price },
    cell: ({ instrument, price }) => <PriceCell instrument={instrument} price={price} />,
  },
  {
    id: 'quantity',
    track: 'minmax(86px, 0.9fr)',
    by: { kind: 'decimal', of: ({ quantity }) => quantity },
    cell: ({ quantity }) => <Figure text={formatExact(quantity)} />,
  },
  {
    id: 'fee',
    track: 'minmax(110px, 1fr)',
    by: { kind: 'decimal', of: ({ fee }) => fee },
    cell: ({ fee, feeCurrency }) => (
      <Figure
        text={fee === undefined ? UNKNOWN : `${formatExact(trimDecimal(fee))} ${feeCurrency ?? ''}`.trim()}
      />
    ),
  },
  {
    id: 'role',
    track: 'minmax(70px, 0.6fr)',
    align: 'start',
    by: { kind: 'text', of: ({ isMaker }) => (isMaker === undefined ? undefined : String(isMaker)) },
    cell: (row) => <FillRole row={row} />,
  },
  {
    id: 'realised',
    track: 'minmax(110px, 1fr)',
    by: { kind: 'decimal', of: ({ realisedPnl }) => realisedPnl },
    cell: ({ instrument, realisedPnl }) => (
      <MoneyCell sum={realisedPnl} currency={quoteOf(instrument)} isChange />
    ),
  },
  sourceColumn(),
];

function FillSide({ row: { side } }: { readonly row: Fill }) {
  const { t } = useTranslation();
  return <SideCell side={side} word={t(`holding.${side}`)} />;
}

function FillRole({ row: { isMaker } }: { readonly row: Fill }) {
  const { t } = useTranslation();
  if (isMaker === undefined) return <Figure text={UNKNOWN} />;
  return <span>{t(isMaker ? 'holding.maker' : 'holding.taker')}</span>;
}
