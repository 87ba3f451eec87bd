import { useMemo } from 'react';
import { useStore } from 'zustand';
import { type AccountId, accountVenue } from '#shared/domain/account.ts';
import type { Rows } from '../../../stores/rows.ts';
import { useDesk } from '../../../ui/desk-context.ts';

/** The rows of the venue and the account chosen. */
export function useFiltered<Row extends { readonly account: AccountId }>(
  rows: Rows<Row> | undefined,
): readonly Row[] {
  const { holdingsChoice } = useDesk();
  const venue = useStore(holdingsChoice, (state) => state.venue);
  const account = useStore(holdingsChoice, (state) => state.account);
  return useMemo(
    () =>
      [...(rows?.values() ?? [])].filter(
        (row) =>
          (account === undefined || row.account === account) &&
          (venue === undefined || accountVenue(row.account) === venue),
      ),
    [rows, venue, account],
  );
}
