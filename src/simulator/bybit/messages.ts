import { trimDecimal } from '#shared/base/decimal.ts';
import { nextOpenTime } from '#shared/domain/interval.ts';
import type { Candle } from '../candle.ts';
import type { WholeMinutes } from '../candle-series.ts';
import type { Coin } from '../coins.ts';
import type { Print } from '../print.ts';
import { hash32, hashText } from '../random.ts';
import { levelsText, notionalText, priceText, quantityText } from '../wire-text.ts';
import type { BookChange } from './book-stream.ts';
import type { Category } from './category.ts';

/** The frames of the public topics as JSON text: key order and spelling of numbers differ between the families. */

/** Linear books and trades keep the tick's digits; spot writes no zeros behind. */
export function wirePrice(category: Category, coin: Coin, ticks: number): string {
  return category === 'linear' ? priceText(coin, ticks) : trimDecimal(priceText(coin, ticks));
}

export function wireQuantity(category: Category, coin: Coin, steps: number): string {
  return category === 'linear' ? quantityText(coin, steps) : trimDecimal(quantityText(coin, steps));
}

/** Pairs of texts, a deleted level's quantity written `"0"`. */
export function wireLevels(category: Category, coin: Coin, levels: BookChange['bids']): string {
  if (category === 'linear') return levelsText(coin, levels).replaceAll(/"0(?:\.0+)?"\]/g, '"0"]');
  const pairs = levels.map(
    ([price, quantity]) =>
      `["${wirePrice(category, coin, price)}","${wireQuantity(category, coin, quantity)}"]`,
  );
  return `[${pairs.join(',')}]`;
}

export interface BookFrame extends BookChange {
  readonly topic: string;
  readonly type: 'snapshot' | 'delta';
  readonly u: number;
  readonly seq: number;
  /** When it is sent, and when the book changed; both on the venue's clock. */
  readonly ts: number;
  readonly cts: number;
  readonly depth: number;
}

export function bookText(category: Category, coin: Coin, frame: BookFrame): string {
  const { topic, type, ts, cts, u, seq } = frame;
  // Bids are told from the best down, asks from the best up.
  const bids = wireLevels(category, coin, frame.bids);
  const asks = wireLevels(category, coin, frame.asks);
  const tsFirst = category === 'spot' || frame.depth === 1;
  const head = tsFirst ? `"ts":${ts},"type":"${type}"` : `"type":"${type}","ts":${ts}`;
  return `{"topic":"${topic}",${head},"data":{"s":"${coin.symbol}","b":${bids},"a":${asks},"u":${u},"seq":${seq}},"cts":${cts}}`;
}

/** A trade's id: a uuid on linear, digits on spot; both follow from the print alone. */
export function tradeId(category: Category, coin: Coin, print: Print): string {
  if (category === 'spot')
    return `229${String(hashText(coin.crowd) % 1000).padStart(3, '0')}${String(print.id).padStart(13, '0')}`;
  const crowd = hashText(coin.crowd);
  const hex = (salt: number) => hash32(crowd, print.id, salt).toString(16).padStart(8, '0');
  const [a, b] = [hex(1), hex(2)];
  const tail = print.id.toString(16).padStart(12, '0').slice(-12);
  return `${a}-${b.slice(0, 4)}-5${b.slice(4, 7)}-b${hex(3).slice(0, 3)}-${tail}`;
}

export type TickDirection = 'PlusTick' | 'ZeroPlusTick' | 'MinusTick' | 'ZeroMinusTick';

export function tradeRowText(
  category: Category,
  coin: Coin,
  print: Print,
  direction: TickDirection,
  skew: number,
): string {
  const id = tradeId(category, coin, print);
  const side = print.buyerIsMaker ? 'Sell' : 'Buy';
  const price = wirePrice(category, coin, print.price);
  const quantity = wireQuantity(category, coin, print.quantity);
  const time = print.time + skew;
  return category === 'linear'
    ? `{"T":${time},"s":"${coin.symbol}","S":"${side}","v":"${quantity}","p":"${price}","L":"${direction}","i":"${id}","BT":false,"RPI":false,"seq":${print.atUpdate}}`
    : `{"i":"${id}","T":${time},"p":"${price}","v":"${quantity}","S":"${side}","seq":${print.atUpdate},"s":"${coin.symbol}","BT":false,"RPI":false}`;
}

export function tradesText(category: Category, topic: string, rows: readonly string[], ts: number): string {
  const head = category === 'linear' ? `"type":"snapshot","ts":${ts}` : `"ts":${ts},"type":"snapshot"`;
  return `{"topic":"${topic}",${head},"data":[${rows.join(',')}]}`;
}

export interface CandleRow {
  readonly interval: WholeMinutes;
  /** The venue's word for the interval. */
  readonly word: string;
  readonly candle: Candle;
  readonly isClosed: boolean;
  /** Time of its last trade. */
  readonly at: number;
}

function candleRowText(coin: Coin, { interval, word, candle, isClosed, at }: CandleRow): string {
  const end = nextOpenTime(interval, candle.openTime) - 1;
  const price = (ticks: number) => trimDecimal(priceText(coin, ticks));
  return `{"start":${candle.openTime},"end":${end},"interval":"${word}","open":"${price(candle.open)}","close":"${price(candle.close)}","high":"${price(candle.high)}","low":"${price(candle.low)}","volume":"${trimDecimal(quantityText(coin, candle.volume))}","turnover":"${trimDecimal(notionalText(coin, candle.notional))}","confirm":${isClosed},"timestamp":${at}}`;
}

export function klineText(
  category: Category,
  coin: Coin,
  topic: string,
  rows: readonly CandleRow[],
  ts: number,
): string {
  const data = `"data":[${rows.map((row) => candleRowText(coin, row)).join(',')}],"ts":${ts}`;
  return category === 'linear'
    ? `{"topic":"${topic}",${data},"type":"snapshot"}`
    : `{"type":"snapshot","topic":"${topic}",${data}}`;
}

export interface TickerFrame {
  readonly topic: string;
  readonly type: 'snapshot' | 'delta';
  readonly cs: number;
  readonly ts: number;
  readonly fields: Readonly<Record<string, string>>;
}

export function tickerText(category: Category, { topic, type, cs, ts, fields }: TickerFrame): string {
  const data = JSON.stringify(fields);
  return category === 'linear'
    ? `{"topic":"${topic}","type":"${type}","data":${data},"cs":${cs},"ts":${ts}}`
    : `{"topic":"${topic}","ts":${ts},"type":"${type}","cs":${cs},"data":${data}}`;
}
