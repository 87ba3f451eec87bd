import type { InstrumentMarket } from '../instrument-market.ts';
import type { Market } from '../market.ts';
import { type Category, isCategory } from './category.ts';

/** A refusal in the venue's words: HTTP 200 with a `retCode`. */
export class Refusal extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

const BAD_PARAM = 10001;

/** Typed reading of a request's query; what is malformed throws the venue's own refusal. */
export class Query {
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  text(name: string): string | undefined {
    const value = this.#params.get(name);
    return value === null || value === '' ? undefined : value;
  }

  /** A family the venue has, simulated or not. */
  family(): string {
    const text = this.text('category');
    if (isCategory(text) || text === 'inverse' || text === 'option') return text;
    throw new Refusal(BAD_PARAM, 'params error: Category is invalid');
  }

  category(): Category {
    const text = this.family();
    if (isCategory(text)) return text;
    throw new Refusal(BAD_PARAM, 'params error: Symbol Invalid');
  }

  instrument(markets: ReadonlyMap<string, Market>): InstrumentMarket {
    const market = markets.get(this.category());
    const instrument = market?.instruments.get(this.text('symbol') ?? '');
    if (instrument) return instrument;
    throw new Refusal(BAD_PARAM, 'params error: Symbol Invalid');
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^\d{1,16}$/.test(value)) throw new Refusal(BAD_PARAM, `params error: ${name} is invalid`);
    return Number(value);
  }

  /** Within 1 and `max`. */
  limit(standard: number, max: number): number {
    const value = this.integer('limit') ?? standard;
    if (value < 1 || value > max) throw new Refusal(BAD_PARAM, 'params error: limit is invalid');
    return value;
  }
}
