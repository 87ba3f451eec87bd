import { trimDecimal } from '#shared/base/decimal.ts';
import type { Worth } from '#shared/contract/account-views.ts';
import type { AccountId, Balance } from '#shared/domain/account.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { AccountAtVenueCell, MoneyCell } from './cells.tsx';
import type { Column } from './column.ts';
import { sourceColumn } from './common-columns.tsx';
import { currencyDigits } from './currency-digits.ts';
import { Figure } from './figure.tsx';

type Priced = ReadonlyMap<AccountId, Worth>;

/** What a balance is worth by the desk's own markets; `undefined` where that is not known. */
export function worthOf(
  worth: Priced | undefined,
  { account, currency }: Pick<Balance, 'account' | 'currency'>,
  worthIn: 'usdt' | 'krw',
): string | undefined {
  return worth?.get(account)?.byCurrency?.[currency]?.[worthIn];
}

/** Never a digit more than there is; of a coin every digit that says something. */
function shownSum(sum: string, currency: string): string {
  const digits = currencyDigits(currency);
  return digits === undefined ? formatExact(trimDecimal(sum)) : formatExact(sum, digits, 'down');
}

export function balanceColumns(
  worth: Priced | undefined,
  worthIn: 'usdt' | 'krw',
): readonly Column<Balance>[] {
  const sum = (id: 'total' | 'free' | 'used'): Column<Balance> => ({
    id,
    track: 'minmax(120px, 1.2fr)',
    by: { kind: 'decimal', of: (row) => row[id] },
    cell: (row) => <Figure text={shownSum(row[id], row.currency)} exact={row[id]} testId={`balance-${id}`} />,
  });
  return [
    {
      id: 'currency',
      track: 'minmax(80px, 0.8fr)',
      align: 'start',
      by: { kind: 'text', of: ({ currency }) => currency },
      cell: ({ currency }) => <strong>{currency}</strong>,
    },
    {
      id: 'account',
      track: 'minmax(130px, 1.2fr)',
      align: 'start',
      by: { kind: 'text', of: ({ account }) => account },
      cell: ({ account }) => <AccountAtVenueCell account={account} />,
    },
    sum('total'),
    sum('free'),
    sum('used'),
    {
      id: 'worth',
      track: 'minmax(120px, 1.2fr)',
      by: { kind: 'decimal', of: (row) => worthOf(worth, row, worthIn) },
      cell: (row) => {
        const value = worthOf(worth, row, worthIn);
        return <MoneyCell sum={value} currency={worthIn.toUpperCase()} isEstimated testId="balance-worth" />;
      },
    },
    sourceColumn('minmax(120px, 1fr)'),
  ];
}
