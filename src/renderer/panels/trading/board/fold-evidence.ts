import type { Evidence } from '#shared/domain/own-order.ts';

/** The same found again and again: the first and the last time, and how often. */
export interface FoldedEvidence {
  readonly first: Evidence;
  readonly last: Evidence;
  readonly count: number;
}

/** Evidence in its order; what repeats the line before it is part of that line, so that the newest is never far down. */
export function foldEvidence(evidence: readonly Evidence[]): readonly FoldedEvidence[] {
  const folded: FoldedEvidence[] = [];
  for (const one of evidence) {
    const before = folded.at(-1);
    if (before?.last.kind === one.kind && before.last.detail === one.detail) {
      folded[folded.length - 1] = { ...before, last: one, count: before.count + 1 };
    } else folded.push({ first: one, last: one, count: 1 });
  }
  return folded;
}
