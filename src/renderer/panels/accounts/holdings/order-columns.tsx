import { useTranslation } from 'react-i18next';
import type { Order } from '#shared/domain/order.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { PriceCell, SideCell, TimeCell } from './cells.tsx';
import type { Column } from './column.ts';
import { accountColumn, instrumentColumn, sideColumn, sourceColumn } from './common-columns.tsx';
import { Figure } from './figure.tsx';

export const ORDER_COLUMNS: readonly Column<Order>[] = [
  {
    id: 'created',
    track: 'minmax(112px, 0.8fr)',
    align: 'start',
    by: { kind: 'time', of: ({ createdAt }) => createdAt },
    cell: ({ createdAt }) => <TimeCell time={createdAt} />,
  },
  instrumentColumn(),
  accountColumn(),
  sideColumn((row) => <OrderSideCell row={row} />),
  {
    id: 'type',
    track: 'minmax(190px, 1.6fr)',
    align: 'start',
    by: { kind: 'text', of: ({ type }) => type },
    cell: (row) => <OrderTypeCell row={row} />,
  },
  {
    id: 'price',
    track: 'minmax(90px, 1fr)',
    by: { kind: 'decimal', of: ({ price }) => price },
    cell: ({ instrument, price }) => <PriceCell instrument={instrument} price={price} />,
  },
  {
    id: 'trigger',
    track: 'minmax(90px, 0.9fr)',
    by: { kind: 'decimal', of: ({ triggerPrice }) => triggerPrice },
    cell: ({ instrument, triggerPrice }) => <PriceCell instrument={instrument} price={triggerPrice} />,
  },
  {
    id: 'quantity',
    track: 'minmax(86px, 0.9fr)',
    by: { kind: 'decimal', of: ({ quantity }) => quantity },
    cell: (row) => <OrderQuantity row={row} />,
  },
  {
    id: 'filled',
    track: 'minmax(80px, 0.8fr)',
    by: { kind: 'decimal', of: ({ filledQuantity }) => filledQuantity },
    cell: ({ filledQuantity }) => <Figure text={formatExact(filledQuantity)} />,
  },
  {
    id: 'average',
    track: 'minmax(90px, 0.9fr)',
    by: { kind: 'decimal', of: ({ averagePrice }) => averagePrice },
    cell: ({ instrument, averagePrice }) => <PriceCell instrument={instrument} price={averagePrice} />,
  },
  {
    id: 'status',
    track: 'minmax(150px, 1.4fr)',
    align: 'start',
    by: { kind: 'text', of: ({ status }) => status },
    cell: (row) => <OrderStatusCell row={row} />,
  },
  sourceColumn(),
];

function OrderSideCell({ row: { side } }: { readonly row: Order }) {
  const { t } = useTranslation();
  return <SideCell side={side} word={t(`holding.${side}`)} />;
}

function OrderTypeCell({ row }: { readonly row: Order }) {
  const { t } = useTranslation();
  const more = [
    row.timeInForce === 'other' ? undefined : row.timeInForce,
    row.postOnly ? t('holding.post-only') : undefined,
    row.reduceOnly ? t('holding.reduce-only') : undefined,
    row.isConditional ? t('holding.conditional') : undefined,
  ].filter((word) => word !== undefined);
  return (
    <span className="holding-words" title={more.join(' · ')}>
      {t(`ordertype.${row.type}`)} <span className="text-dim">{more.join(' · ')}</span>
    </span>
  );
}

function OrderQuantity({ row: { quantity, quoteQuantity } }: { readonly row: Order }) {
  const { t } = useTranslation();
  if (quantity === undefined && quoteQuantity !== undefined) {
    return <Figure text={t('holding.for-total', { sum: formatExact(quoteQuantity) })} />;
  }
  return <Figure text={formatExact(quantity)} />;
}

/** The standard word, then the venue's own where it says more. */
function OrderStatusCell({ row: { status, venueStatus } }: { readonly row: Order }) {
  const { t } = useTranslation();
  return (
    <span className="holding-words" title={venueStatus} data-status={status}>
      {t(`orderstatus.${status}`)} <span className="text-dim">· {venueStatus}</span>
    </span>
  );
}
