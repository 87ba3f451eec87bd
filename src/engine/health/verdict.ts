import type { Verdict } from '#shared/domain/incident.ts';
import type { Circumstances } from './circumstances.ts';
import { CHARGES } from './verdict-charges.ts';
import type { Item } from './verdict-items.ts';

const MIN_CONFIDENCE = 0.4;
const MAX_CONFIDENCE = 0.99;
const SAID_CONFIDENCE = 0.5;

/**
 * Whose fault a break was, from what is known around it. Pure.
 *
 * Each possible explanation gathers its evidence; each piece has a weight w in 0…1. Pieces that speak for it take away
 * doubt one after the other, pieces against it take away confidence:
 *
 *   confidence = (1 − Π(1 − w of those for)) × Π(1 − w of those against), at most 0.99.
 *
 * The explanation with the highest confidence is the verdict; of equals the one listed first. Where the venue or the
 * system said what it is (confidence ≥ 0.5), what merely looks like a silent socket or stream is left out. Below 0.4 the
 * side is "unclear". Evidence that speaks against carries `against: 1`. Example: three venues late together (0.55) and a steady clock offset (0.2) make 1 − 0.45 × 0.8 = 0.64.
 */
export function judgeIncident(seen: Circumstances): Verdict {
  if (seen.planned !== undefined) return asked(seen.planned);
  const judged = CHARGES.flatMap((charge) => {
    const { side, kind, basis, items } = charge(seen);
    const kept = items.filter((item): item is Item => item !== undefined && item !== false);
    const confidence = confidenceOf(kept);
    return confidence > 0 ? [{ basis, verdict: { side, kind, confidence, evidence: kept.map(shown) } }] : [];
  });
  const isSaid = judged.some(
    ({ basis, verdict }) => basis === 'said' && verdict.confidence >= SAID_CONFIDENCE,
  );
  const [best] = judged
    .filter(({ basis }) => !isSaid || basis !== 'looks')
    .map(({ verdict }) => verdict)
    .toSorted((a, b) => b.confidence - a.confidence);
  if (!best) {
    const code = seen.causes[0]?.code ?? 'unknown';
    return {
      side: 'unclear',
      kind: 'socket',
      confidence: 0,
      evidence: [{ code: 'nothing.known', details: { cause: code } }],
    };
  }
  return best.confidence < MIN_CONFIDENCE ? { ...best, side: 'unclear' } : best;
}

function confidenceOf(items: readonly Item[]): number {
  const left = (wanted: boolean) =>
    items
      .filter((item) => (item.against === undefined) === wanted)
      .reduce((rest, { weight }) => rest * (1 - weight), 1);
  return Math.round(Math.min(MAX_CONFIDENCE, (1 - left(true)) * left(false)) * 100) / 100;
}

const shown = ({ code, details, against }: Item) => ({
  code,
  details: against === undefined ? details : { ...details, against: 1 },
});

function asked(planned: 'age' | 'notice' | 'user'): Verdict {
  switch (planned) {
    case 'age':
      return { side: 'mine', kind: 'asked', confidence: 1, evidence: [{ code: 'asked.age', details: {} }] };
    case 'user':
      return {
        side: 'mine',
        kind: 'asked',
        confidence: 1,
        evidence: [{ code: 'asked.person', details: {} }],
      };
    case 'notice':
      return {
        side: 'theirs',
        kind: 'maintenance',
        confidence: 0.95,
        evidence: [{ code: 'maintenance.announced', details: { detail: 'notice' } }],
      };
  }
}
