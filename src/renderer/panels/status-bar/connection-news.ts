import type { HealthKind } from '#shared/domain/health-kind.ts';

/** How long a venue has to stay as it is before it is told: what comes and goes within a breath is no news. */
const SETTLED_MS = 2_000;

/** What it means for the person; a venue that is merely late or signing in has not changed for them. */
function meaningOf(kind: HealthKind): 'good' | 'coming' | HealthKind {
  switch (kind) {
    case 'live':
    case 'rotating':
    case 'idle':
    case 'late':
      return 'good';
    case 'connecting':
    case 'authenticating':
    case 'subscribing':
      return 'coming';
    case 'degraded':
    case 'paused':
    case 'stale':
    case 'waiting':
    case 'failed':
      return kind;
  }
}

interface Standing {
  readonly kind: HealthKind;
  /** When it began to mean this, ms. */
  readonly since: number;
}

/**
 * What is worth saying aloud of the connections: a venue that went down, came back or is held up, once, after it stayed so.
 * How they stood at first is on the screen and not told, nor is the way back up.
 */
export class ConnectionNews {
  readonly #now = new Map<string, Standing>();
  readonly #told = new Map<string, string>();

  /** Venues to be told of now. Takes the health of each and a time in ms. */
  take(kinds: ReadonlyMap<string, HealthKind>, now: number): readonly (readonly [string, HealthKind])[] {
    const news: (readonly [string, HealthKind])[] = [];
    for (const [venue, kind] of kinds) {
      const meaning = meaningOf(kind);
      const standing = this.#now.get(venue);
      const isSame = standing !== undefined && meaningOf(standing.kind) === meaning;
      const since = isSame ? standing.since : now;
      this.#now.set(venue, { kind, since });
      const told = this.#told.get(venue);
      if (meaning === 'coming' || told === meaning || now - since < SETTLED_MS) continue;
      this.#told.set(venue, meaning);
      if (told !== undefined || meaning !== 'good') news.push([venue, kind]);
    }
    return news;
  }
}
