import type { Instrument, InstrumentId } from '#shared/domain/instrument.ts';

/**
 * The same coin on the other side of the border: for one priced in won the first priced in dollars, and the other way round.
 * `undefined` where no venue lists one.
 */
export function counterpartOf(
  known: ReadonlyMap<InstrumentId, Instrument>,
  instrument: InstrumentId,
): InstrumentId | undefined {
  const about = known.get(instrument);
  if (about === undefined) return undefined;
  const isWon = about.quote === 'KRW';
  for (const other of known.values()) {
    if (other.base === about.base && (other.quote === 'KRW') !== isWon) return other.id;
  }
  return undefined;
}
