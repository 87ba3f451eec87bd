import { createHash } from 'node:crypto';
import type { SimKey } from './account-desk.ts';
import type { DeskRules } from './desk-rules.ts';

const DAY_MS = 86_400_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

type Traits = Partial<Omit<SimKey, 'venue' | 'name' | 'apiKey' | 'secret'>>;

/** Every kind of key a client may be given. They have an account of their own unless it says otherwise. */
const KINDS: Readonly<Record<string, Traits>> = {
  trade: { trade: true, isIpBound: true, account: 'main' },
  'read-only': { account: 'main' },
  withdraw: { trade: true, withdraw: true },
  transfer: { trade: true, transfer: true },
  'no-read': { read: false, trade: true },
  expired: { trade: true },
  mainnet: { trade: true, isForeign: true },
  busy: { trade: true },
  revocable: { trade: true },
};

/** The keys of a venue: the same on every start, and different from venue to venue. */
export function simKeys(venue: string, rules: DeskRules, startTime: number): SimKey[] {
  const { keyLength, secretLength, keyLifeMs } = rules;
  return Object.entries(KINDS).map(([name, traits]) => ({
    venue,
    name,
    apiKey: textOf(`${venue} ${name} key`, keyLength),
    secret: textOf(`${venue} ${name} secret`, secretLength),
    read: true,
    trade: false,
    withdraw: false,
    transfer: false,
    isIpBound: false,
    isForeign: false,
    expiresAt: expiryOf(name, keyLifeMs, startTime),
    account: name,
    ...traits,
  }));
}

function expiryOf(name: string, keyLifeMs: number | undefined, startTime: number): number | undefined {
  if (name === 'expired') return startTime - DAY_MS;
  return keyLifeMs === undefined ? undefined : startTime + keyLifeMs;
}

/** Letters and digits drawn from a text: nothing about them is secret. */
function textOf(name: string, length: number): string {
  let text = '';
  for (let round = 0; text.length < length; round++) {
    for (const byte of createHash('sha256').update(`heartline simulator ${name} ${round}`).digest()) {
      // Every letter as likely as any other.
      if (byte < LETTERS.length * 4) text += LETTERS[byte % LETTERS.length];
    }
  }
  return text.slice(0, length);
}
