import { BITHUMB_COINS } from '../bithumb/coins.ts';
import type { Coin } from '../coins.ts';
import { UPBIT_COINS } from '../upbit/coins.ts';
import { exactJson } from './exact-json.ts';
import { Wire, type WireClient } from './wire.ts';

export type KoreanVenue = 'upbit' | 'bithumb';
export const PUBLIC_PATH = '/websocket/v1';

/** A simulator with one Korean venue and the coins named. */
export function openKoreanWire(
  venue: KoreanVenue,
  names: readonly string[],
  options: { readonly speed?: number } = {},
): Promise<Wire> {
  const listed: readonly Coin[] = venue === 'upbit' ? UPBIT_COINS : BITHUMB_COINS;
  const coins = listed.filter(({ path }) => names.includes(path));
  return Wire.open({ venue, coins, ...options });
}

/** Sends one request: `parts` between a ticket and whatever they hold themselves. */
export function request(client: WireClient, ...parts: readonly unknown[]): void {
  client.ws.send(JSON.stringify([{ ticket: 'heartline-test' }, ...parts]));
}

/** Frames of one type (and code) so far, numbers as plain decimal text. */
export function framesOf(
  client: WireClient,
  type: string,
  code?: string,
): Record<string, string & { readonly length: number }>[] {
  return client.frames
    .filter(({ value }) => value?.type === type && (code === undefined || value.code === code))
    .map(({ text }) => exactJson(text));
}
