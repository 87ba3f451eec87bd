import type { Cause } from '#shared/domain/connection.ts';
import type { Circumstances } from './circumstances.ts';
import type { VerdictEvidence } from './verdict-evidence.ts';

/** One piece of evidence and its weight: see `judgeIncident`. */
export interface Item {
  readonly code: VerdictEvidence;
  readonly details: Readonly<Record<string, string | number>>;
  /** How much of the doubt it takes away, or, where it speaks against, of the confidence. 0…1. */
  readonly weight: number;
  readonly against?: true;
}

/** What came up only while it lasted weighs less than what it began with. */
const LATER = 0.9;

/** Evidence from a cause's code. `later`: its weight where it was not the first cause. */
export function found(
  seen: Circumstances,
  codes: readonly Cause['code'][],
  evidence: VerdictEvidence,
  weight: number,
  later?: number,
): Item | undefined {
  return from(seen, ({ code }) => codes.includes(code), evidence, weight, later);
}

/** What the words of a cause tell, where its code does not. */
export function told(
  seen: Circumstances,
  words: RegExp,
  evidence: VerdictEvidence,
  weight: number,
  later?: number,
): Item | undefined {
  return from(seen, ({ detail }) => words.test(detail), evidence, weight, later);
}

function from(
  { causes }: Circumstances,
  isIt: (cause: Cause) => boolean,
  evidence: VerdictEvidence,
  weight: number,
  later = weight * LATER,
): Item | undefined {
  const index = causes.findIndex(isIt);
  const cause = causes[index];
  if (!cause) return undefined;
  return {
    code: evidence,
    details: { cause: cause.code, detail: cause.detail },
    weight: index === 0 ? weight : later,
  };
}

/** Whether the socket itself was lost, not only data late on it. */
export function hasLostSocket({ worst, streams }: Pick<Circumstances, 'worst' | 'streams'>): boolean {
  return worst === 'waiting' || worst === 'failed' || (worst === 'stale' && streams.fine === 0);
}

export function othersFine(seen: Circumstances, weight: number, against?: true): Item | undefined {
  const count = seen.othersFine.length;
  if (count === 0) return undefined;
  return {
    code: 'venues.fine',
    details: { venues: seen.othersFine.join(', '), count },
    // Each further venue takes a quarter of the doubt that is left.
    weight: 1 - (1 - weight) * 0.75 ** (count - 1),
    ...(against === undefined ? {} : { against }),
  };
}

export function together(seen: Circumstances, against: boolean): Item | undefined {
  const { fellTogether } = seen;
  if (fellTogether.length === 0) return undefined;
  return {
    code: 'venues.together',
    details: {
      venues: fellTogether.map(({ venue }) => venue).join(', '),
      count: fellTogether.length + 1,
      withinMs: Math.max(...fellTogether.map(({ withinMs }) => withinMs)),
    },
    weight: [0.45, 0.55, 0.7][fellTogether.length - 1] ?? 0.75,
    ...(against ? { against: true } : {}),
  };
}

export function restAnswers(seen: Circumstances, weight: number, against: boolean): Item | undefined {
  if (!seen.probe?.ok) return undefined;
  return {
    code: 'rest.answers',
    details: { ms: Math.round(seen.probe.ms) },
    weight,
    ...(against ? { against: true } : {}),
  };
}

export function restFails(seen: Circumstances, weight: number): Item | undefined {
  if (seen.probe === undefined || seen.probe.ok) return undefined;
  return {
    code: 'rest.fails',
    details: { ms: Math.round(seen.probe.ms), code: seen.probe.code ?? 'none' },
    weight,
  };
}
