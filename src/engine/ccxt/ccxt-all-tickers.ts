import { HeartlineError } from '#shared/base/errors.ts';
import type { MarkEvent, TickerEvent } from '#shared/domain/market-data.ts';
import type { AllTickers } from '../market/all-tickers.ts';
import type { Catalogue, Listed } from './catalogue.ts';
import type { CcxtRest } from './ccxt-rest.ts';
import { createEventReader } from './event-reader.ts';
import type { CcxtExchange, CcxtFunding, CcxtTicker } from './exchange.ts';

/** ccxt's word for each kind of ours. */
const TYPES = { spot: 'spot', perpetual: 'swap', future: 'future' } as const;

/**
 * Every instrument's figures of an exchange, one call for each kind of market it has, and funding where it tells that
 * for all at once. Throws as `CcxtRest.call` when no kind answers.
 */
export async function readCcxtTickers(options: {
  readonly exchange: CcxtExchange;
  readonly catalogue: Catalogue;
  readonly rest: CcxtRest;
  readonly now: () => number;
  /** The exchange's time. */
  readonly venueNow: () => number;
}): Promise<AllTickers> {
  const { exchange, rest, now, venueNow } = options;
  const listed = [...(await rest.call(() => options.catalogue.load())).values()];
  const bySymbol = new Map<string, Listed>(listed.map((one) => [one.symbol, one]));
  const kinds = [...new Set(listed.map(({ instrument }) => instrument.kind))];
  const events: (TickerEvent | MarkEvent)[] = [];
  const faults: HeartlineError[] = [];
  let answered = 0;

  async function ask<Told>(
    work: () => Promise<Readonly<Record<string, Told | undefined>>>,
    read: (one: Listed, told: Told | undefined, receivedAt: number) => readonly (TickerEvent | MarkEvent)[],
  ): Promise<void> {
    try {
      const told = await rest.call(work);
      answered += 1;
      const receivedAt = now();
      for (const [symbol, row] of Object.entries(told)) {
        const one = bySymbol.get(symbol);
        if (one) events.push(...read(one, row, receivedAt));
      }
    } catch (fault) {
      faults.push(fault instanceof HeartlineError ? fault : new HeartlineError('internal', String(fault)));
    }
  }

  for (const kind of kinds) {
    await ask<CcxtTicker>(
      () => exchange.fetchTickers(undefined, { type: TYPES[kind] }),
      (one, told, receivedAt) => {
        const read = createEventReader(one, venueNow);
        return [...read.ticker(told, receivedAt), ...read.mark(told, receivedAt)];
      },
    );
  }
  if (answered === 0 && faults[0]) throw faults[0];
  if (exchange.has['fetchFundingRates'] === true) {
    await ask<CcxtFunding>(
      () => exchange.fetchFundingRates(),
      (one, told, receivedAt) => createEventReader(one, venueNow).mark(told, receivedAt),
    );
  }
  const [fault] = faults;
  return {
    instruments: listed.map(({ instrument }) => instrument),
    events,
    unread: 0,
    ...(fault ? { fault } : {}),
  };
}
