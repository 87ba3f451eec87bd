import type { AccountId, Dated } from '#shared/domain/account.ts';
import { type InstrumentId, instrumentName } from '#shared/domain/instrument.ts';
import { AccountCell, InstrumentCell, SourceCell } from './cells.tsx';
import type { Column } from './column.ts';

/** Columns that several tables have. */

export function instrumentColumn<Row extends { readonly instrument: InstrumentId }>(
  track = 'minmax(160px, 1.4fr)',
): Column<Row> {
  return {
    id: 'instrument',
    track,
    align: 'start',
    by: { kind: 'text', of: ({ instrument }) => instrumentName(instrument) },
    cell: ({ instrument }) => <InstrumentCell instrument={instrument} />,
  };
}

export function accountColumn<Row extends { readonly account: AccountId }>(
  track = 'minmax(80px, 0.9fr)',
): Column<Row> {
  return {
    id: 'account',
    track,
    align: 'start',
    by: { kind: 'text', of: ({ account }) => account },
    cell: ({ account }) => <AccountCell account={account} />,
  };
}

export function sideColumn<Row extends { readonly side: string }>(cell: Column<Row>['cell']): Column<Row> {
  return {
    id: 'side',
    track: 'minmax(64px, 0.6fr)',
    align: 'start',
    by: { kind: 'text', of: ({ side }) => side },
    cell,
  };
}

export function sourceColumn<Row extends Dated>(track = 'minmax(104px, 0.8fr)'): Column<Row> {
  return {
    id: 'source',
    track,
    by: { kind: 'time', of: ({ receivedAt }) => receivedAt },
    cell: ({ source, receivedAt }) => <SourceCell source={source} receivedAt={receivedAt} />,
  };
}
