/** Numbers the engine works by, as far as a profile names them. Keys and units are those of the settings. */
export interface ProfileValues {
  readonly rateProfile: 'conservative' | 'balanced' | 'aggressive';
  readonly connections: {
    readonly heartbeatMs: number;
    readonly staleAfterMs: number;
    /** By venue; those not named have what all have. */
    readonly venueStaleAfterMs: Readonly<Record<string, number>>;
    readonly backoffBaseMs: number;
    readonly backoffFactor: number;
    readonly backoffCapMs: number;
    readonly backoffJitter: number;
    readonly quickAttempts: number;
  };
  readonly rates: { readonly errors: number; readonly reduction: number; readonly recoveryMs: number };
  readonly priceCache: { readonly size: number; readonly ttlMs: number };
  readonly alarms: {
    readonly scoreBelow: number;
    readonly errors: number;
    readonly inactiveMs: number;
    readonly memoryMb: number;
    readonly reconnects: number;
  };
}

export const PROFILE_NAMES = ['development', 'staging', 'production', 'high-frequency'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

/**
 * Named sets of the engine's numbers. None touches what belongs to the person rather than to the purpose: sources,
 * compression (it is about the line), where alarms go, and every limit on orders.
 */
export const SETTINGS_PROFILES: Readonly<Record<ProfileName, ProfileValues>> = {
  /** While something is being built: asks little, since restarts ask everything anew; complains early and recovers soon. */
  development: {
    // Each restart loads everything again: half the budget is left for the next one.
    rateProfile: 'conservative',
    connections: {
      heartbeatMs: 5000,
      staleAfterMs: 30_000,
      venueStaleAfterMs: { upbit: 60_000, bithumb: 60_000 },
      backoffBaseMs: 1000,
      backoffFactor: 2,
      // A peer that is being restarted by hand is back within seconds.
      backoffCapMs: 10_000,
      backoffJitter: 0.5,
      // A mistake should say so after two tries, not after five.
      quickAttempts: 2,
    },
    // The first refusal is already worth slowing down for: nobody earns anything by being fast here.
    rates: { errors: 1, reduction: 0.5, recoveryMs: 30_000 },
    // Small and short, so that what is wrong with it is seen.
    priceCache: { size: 200, ttlMs: 10_000 },
    // Tools that look into the engine make it bigger: the memory alarm would only say that they are there.
    alarms: { scoreBelow: 0.8, errors: 2, inactiveMs: 60_000, memoryMb: 300, reconnects: 3 },
  },
  /** A rehearsal beside the real thing, often from the same address: leaves it the budget and rings before it would. */
  staging: {
    rateProfile: 'conservative',
    connections: {
      heartbeatMs: 5000,
      // Earlier than in production: a rehearsal is there to show what is about to go wrong.
      staleAfterMs: 20_000,
      venueStaleAfterMs: { upbit: 40_000, bithumb: 40_000 },
      backoffBaseMs: 1000,
      backoffFactor: 2,
      backoffCapMs: 30_000,
      backoffJitter: 0.5,
      quickAttempts: 5,
    },
    // Two minutes until it is back at full pace: the other program on this address comes first.
    rates: { errors: 2, reduction: 0.7, recoveryMs: 120_000 },
    priceCache: { size: 1000, ttlMs: 60_000 },
    alarms: { scoreBelow: 0.85, errors: 2, inactiveMs: 60_000, memoryMb: 100, reconnects: 3 },
  },
  /** The defaults, as the people asked for them for whom this was made. */
  production: {
    rateProfile: 'balanced',
    connections: {
      heartbeatMs: 5000,
      staleAfterMs: 30_000,
      // Won markets may rightly be quiet for longer.
      venueStaleAfterMs: { upbit: 60_000, bithumb: 60_000 },
      backoffBaseMs: 1000,
      backoffFactor: 2,
      backoffCapMs: 30_000,
      backoffJitter: 0.5,
      quickAttempts: 5,
    },
    rates: { errors: 3, reduction: 0.7, recoveryMs: 60_000 },
    priceCache: { size: 1000, ttlMs: 60_000 },
    alarms: { scoreBelow: 0.8, errors: 3, inactiveMs: 120_000, memoryMb: 100, reconnects: 5 },
  },
  /** For whom a second of silence costs money, on a line that can bear being asked all the time. */
  'high-frequency': {
    // Eight tenths of the budget; the rest stays with cancels, as always.
    rateProfile: 'aggressive',
    connections: {
      // A dead peer is given up after three seconds instead of six; on a bad line that means needless reconnects.
      heartbeatMs: 1000,
      staleAfterMs: 10_000,
      venueStaleAfterMs: { upbit: 30_000, bithumb: 30_000 },
      // Short waits that grow slowly; the venue's own limit of connections still holds.
      backoffBaseMs: 500,
      backoffFactor: 1.5,
      backoffCapMs: 10_000,
      backoffJitter: 0.5,
      quickAttempts: 10,
    },
    // Who asks this much has to give way sooner and further, or is banned; and comes back sooner.
    rates: { errors: 2, reduction: 0.5, recoveryMs: 30_000 },
    // Many instruments; a price five seconds old is no start for anything.
    priceCache: { size: 5000, ttlMs: 5000 },
    alarms: { scoreBelow: 0.9, errors: 2, inactiveMs: 30_000, memoryMb: 200, reconnects: 3 },
  },
};

/** What a profile would change, or has been changed of it. `path`: `connections.heartbeatMs`, `connections.venueStaleAfterMs.upbit`. */
export interface ProfileDifference {
  readonly path: string;
  /** `undefined`: nothing of its own, what all venues have. */
  readonly from: number | string | undefined;
  readonly to: number | string | undefined;
}

/** Where settings part from a profile, in the profile's order. Empty: they are that profile. */
export function profileDifferences(held: ProfileValues, profile: ProfileName): readonly ProfileDifference[] {
  const wanted = SETTINGS_PROFILES[profile];
  const { venueStaleAfterMs } = held.connections;
  const own = leaves({ connections: { venueStaleAfterMs } }, '').map(([path]) => path);
  const paths = new Set([...leaves(wanted, '').map(([path]) => path), ...own]);
  return [...paths].flatMap((path) => {
    const [from, to] = [valueAt(held, path), valueAt(wanted, path)];
    return from === to ? [] : [{ path, from, to }];
  });
}

/** What has to be written to make settings a profile; what no profile names stays as it is in `held`. */
export function withProfile<Held extends ProfileValues>(
  held: Held,
  profile: ProfileName,
): Pick<Held, keyof ProfileValues> {
  const wanted = SETTINGS_PROFILES[profile];
  return {
    rateProfile: wanted.rateProfile,
    connections: { ...held.connections, ...wanted.connections },
    rates: { ...held.rates, ...wanted.rates },
    priceCache: { ...held.priceCache, ...wanted.priceCache },
    alarms: { ...held.alarms, ...wanted.alarms },
  };
}

function leaves(part: object, before: string): readonly (readonly [path: string, value: number | string])[] {
  return Object.entries(part).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${before}${key}.`) : [[`${before}${key}`, value] as const],
  );
}

function valueAt(of: object, path: string): number | string | undefined {
  let at: unknown = of;
  for (const key of path.split('.')) at = (at as Readonly<Record<string, unknown>> | undefined)?.[key];
  return at as number | string | undefined;
}
