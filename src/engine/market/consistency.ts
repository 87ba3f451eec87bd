import type { MarkEvent, TickerEvent, TopEvent, TradeEvent } from '#shared/domain/market-data.ts';

export type Figure = TickerEvent | TopEvent | TradeEvent | MarkEvent;

/** Something about a figure that cannot be, or can hardly be. */
export interface Finding {
  readonly kind: 'crossed' | 'out-of-range' | 'backwards' | 'jump';
  /** The value before and the one that was told; for `crossed` bid and ask, for `backwards` the venue's times. */
  readonly was: number;
  readonly is: number;
  /** The figure is not used. A jump is: it may be true, and then it matters most. */
  readonly isRefused: boolean;
}

export interface ConsistencyBounds {
  /** A share: 0.2 is 20 %. */
  readonly jump: number;
  /** So much older a figure may be: a venue's REST and its stream do not read one clock. */
  readonly backMs: number;
  /** A jump is one within this time; and only so long is an older figure refused, or a venue's wrong clock would mute it for ever. */
  readonly withinMs: number;
}

const BOUNDS: ConsistencyBounds = { jump: 0.2, backMs: 1000, withinMs: 10_000 };
const MOST = 1e12;

/** `previous`: the last figure of the same kind and instrument that was used, from whichever source. Pure. */
export function checkConsistency(
  previous: Figure | undefined,
  next: Figure,
  bounds: ConsistencyBounds = BOUNDS,
): Finding | undefined {
  const was = previous === undefined ? Number.NaN : priceOf(previous);
  const is = priceOf(next);
  const wrong = pricesOf(next).find((price) => !(price > 0 && price <= MOST));
  if (wrong !== undefined) return { kind: 'out-of-range', was, is: wrong, isRefused: true };
  // A venue at auction or without orders on a side tells a price of 0 there; only two real prices can cross.
  if (next.kind === 'top' && hasBothSides(next) && next.bidPrice >= next.askPrice) {
    return { kind: 'crossed', was: next.bidPrice, is: next.askPrice, isRefused: true };
  }
  if (!previous || next.receivedAt - previous.receivedAt > bounds.withinMs) return undefined;
  // Trades are ordered by their ids, and a top by its own.
  if (
    (next.kind === 'ticker' || next.kind === 'mark') &&
    next.venueTime < previous.venueTime - bounds.backMs
  ) {
    return { kind: 'backwards', was: previous.venueTime, is: next.venueTime, isRefused: true };
  }
  if (Math.abs(is / was - 1) > bounds.jump) return { kind: 'jump', was, is, isRefused: false };
  return undefined;
}

function hasBothSides(top: TopEvent): boolean {
  return top.bidPrice > 0 && top.askPrice > 0;
}

/** The prices without which the figure means nothing. */
function pricesOf(figure: Figure): readonly number[] {
  switch (figure.kind) {
    case 'ticker':
      return [figure.last];
    case 'trade':
      return [figure.price];
    case 'mark':
      return [figure.markPrice];
    case 'top':
      return [
        ...(isNoSide(figure.bidPrice, figure.bidQuantity) ? [] : [figure.bidPrice]),
        ...(isNoSide(figure.askPrice, figure.askQuantity) ? [] : [figure.askPrice]),
      ];
  }
}

function isNoSide(price: number, quantity: number): boolean {
  return price === 0 && quantity === 0;
}

function priceOf(figure: Figure): number {
  switch (figure.kind) {
    case 'ticker':
      return figure.last;
    case 'trade':
      return figure.price;
    case 'mark':
      return figure.markPrice;
    case 'top':
      return hasBothSides(figure) ? (figure.bidPrice + figure.askPrice) / 2 : Number.NaN;
  }
}
