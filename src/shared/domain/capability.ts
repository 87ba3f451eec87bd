/** How Heartline gets something from a venue. */
export type Means = 'native' | 'polled' | 'synthesised' | 'missing';

export const CAPABILITIES = ['instruments', 'ticker', 'top', 'trade', 'book', 'candle', 'mark'] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What a venue can and cannot do, said openly. */
export interface CapabilitySheet {
  readonly means: Readonly<Record<Capability, Means>>;
  /** Silent for longer than this, a stream is never called live, ms. Absent: its silence proves nothing. */
  readonly freshnessBoundMs: Readonly<Partial<Record<Capability, number>>>;
  /** Whether a lost book change is noticed at once, only by what contradicts it, or never. */
  readonly bookProof: 'sequence' | 'whole' | 'none';
  /** full: own ids and proof of absence · limited: an order may stay unknown · none: watching only. */
  readonly orderSafety: 'full' | 'limited' | 'none';
}
