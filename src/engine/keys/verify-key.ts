import { HeartlineError } from '#shared/base/errors.ts';
import { ENVIRONMENTS, type Environment, type KeyRefusal, type KeyVerdict } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { AccountVenue, Credentials } from '#venues/account.ts';
import type { AccountClient } from '../accounts/account-client.ts';
import { type AskedRights, askRights } from './ask-rights.ts';
import { createSlots } from './at-once.ts';
import type { KeyDesk } from './key-desks.ts';
import { verdictOf } from './rights.ts';

/** A client for one key, good until disposed. */
export type ClientFor = (
  venue: AccountVenue,
  environment: Environment,
  credentials: Credentials,
) => AccountClient;

/**
 * Of one venue. Whoever asks in loops must not eat up the budget the accounts live on: a ban would take the prices away as
 * well.
 */
const AT_ONCE = 4;

export interface Verified {
  readonly verdict: KeyVerdict;
  /** What the venue called a refusal; empty where it did not. */
  readonly venueCode: string;
}

export interface KeyVerifier {
  /** Asks the venue what the key may do, and keeps nothing. Throws only what is no venue's doing (`rest.stopped`, …). */
  verify(desk: KeyDesk, environment: Environment, credentials: Credentials): Promise<Verified>;
  /** Ends what is under way. */
  dispose(): void;
}

export function createKeyVerifier(clientFor: ClientFor, now: () => number): KeyVerifier {
  const clients = new Set<AccountClient>();
  const slots = new Map<VenueId, ReturnType<typeof createSlots>>();
  let isStopped = false;

  function inTurn(venue: VenueId): ReturnType<typeof createSlots> {
    const run = slots.get(venue) ?? createSlots(AT_ONCE);
    slots.set(venue, run);
    return run;
  }

  async function ask(
    desk: KeyDesk,
    environment: Environment,
    credentials: Credentials,
  ): Promise<AskedRights> {
    if (isStopped) throw new HeartlineError('rest.stopped', 'the keys are being closed');
    const client = clientFor(desk.venue, environment, credentials);
    clients.add(client);
    try {
      return await askRights(client, desk.venue.rest.rights(environment, credentials.apiKey), now());
    } finally {
      clients.delete(client);
      client.dispose();
    }
  }

  /**
   * Every venue answers a key of another environment as one it never saw (protocols: Binance -2015, Bybit 10003, Upbit and
   * Bithumb invalid_access_key). So its other environments are asked whether they know it. The simulator has no others:
   * there it cannot be told from a typing mistake, and nothing of the demo goes out into the world.
   */
  async function isKnownElsewhere(
    desk: KeyDesk,
    environment: Environment,
    credentials: Credentials,
  ): Promise<boolean> {
    for (const other of othersOf(desk, environment)) {
      const asked = await ask(desk, other, credentials);
      if (asked.kind === 'rights' || isOfKnownKey(asked.reason)) return true;
    }
    return false;
  }

  const verify: KeyVerifier['verify'] = async (desk, environment, credentials) => {
    const asked = await ask(desk, environment, credentials);
    if (asked.kind === 'rights') return { verdict: verdictOf(asked.rights), venueCode: '' };
    const isStrange =
      asked.reason === 'wrong-key' && (await isKnownElsewhere(desk, environment, credentials));
    const reason = isStrange ? 'wrong-environment' : asked.reason;
    return { verdict: { kind: 'refused', reason }, venueCode: shown(asked.venueCode, credentials) };
  };

  return {
    verify: (...about) => inTurn(about[0].venue.id)(() => verify(...about)),
    dispose() {
      isStopped = true;
      for (const client of clients) client.dispose();
    },
  };
}

/** Not a code that is a part of the key, or has one in it. */
function shown(venueCode: string, { apiKey, secret }: Credentials): string {
  const isPart = (text: string) =>
    venueCode.includes(text) || (venueCode.length > 5 && text.includes(venueCode));
  return isPart(apiKey.reveal()) || isPart(secret.reveal()) ? '' : venueCode;
}

/** Real environments of the venue where something is asked, so that an answer proves something. */
function othersOf({ venue }: KeyDesk, environment: Environment): readonly Environment[] {
  if (environment === 'simulator') return [];
  return ENVIRONMENTS.filter((other) => {
    if (other === environment || other === 'simulator' || !venue.environments[other]) return false;
    const { told, probed } = venue.rest.rights(other);
    return told.length + probed.length > 0;
  });
}

/** Refusals that only a key the venue knows can meet. */
function isOfKnownKey(reason: KeyRefusal): boolean {
  return reason === 'wrong-secret' || reason === 'expired' || reason === 'address';
}
