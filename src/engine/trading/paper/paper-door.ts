import { createHash } from 'node:crypto';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { AccountId } from '#shared/domain/account.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Market } from '../../market/market.ts';
import type { OnSending } from '../trading-account.ts';
import type { PaperListing } from './paper-state.ts';

export interface Unsent {
  readonly verdict: 'unsent';
  readonly venueCode: string;
  readonly message: string;
}

/** What an order passes on its way to a paper account, as it would on its way to a venue. */
export interface PaperDoor {
  /** The instrument, once whoever has the last word let the order pass; otherwise why it never arrived. */
  listed(instrument: InstrumentId, onSending: OnSending, request: unknown): Promise<PaperListing | Unsent>;
  /** The last look before anything happens; `undefined`: it may. */
  leaving(onSending: OnSending, request: unknown): Unsent | undefined;
}

export function createPaperDoor(
  account: AccountId,
  market: Pick<Market, 'check'>,
  isClosed: () => boolean,
): PaperDoor {
  function leaving(onSending: OnSending, request: unknown): Unsent | undefined {
    try {
      if (isClosed()) throw new HeartlineError('account.unknown', `${account} is gone`);
      const text = `PAPER\n${account}\n${JSON.stringify(request)}`;
      onSending(createHash('sha256').update(text).digest('hex'));
      return undefined;
    } catch (fault) {
      return unsent(fault);
    }
  }

  return {
    leaving,
    async listed(instrument, onSending, request) {
      try {
        const { id, kind, base, quote, status } = await market.check(instrument);
        if (status === 'halted') throw new HeartlineError('paper.halted', `${instrument} is not traded now`);
        const isSpot = kind === 'spot';
        return leaving(onSending, request) ?? { id, kind: isSpot ? 'spot' : 'derivatives', base, quote };
      } catch (fault) {
        return unsent(fault);
      }
    },
  };
}

function unsent(fault: unknown): Unsent {
  const venueCode = fault instanceof HeartlineError ? fault.code : 'internal';
  return { verdict: 'unsent', venueCode, message: messageOf(fault) };
}
