import type { TradingState } from '#engine/trading/kill-protocol.ts';
import { assertNever } from '#shared/base/assert-never.ts';
import { cleanText } from '#shared/base/clean-text.ts';
import type { Sweep } from '#shared/contract/order-views.ts';

/** What a person at a command line is told. Whatever comes from a venue is cleaned: a terminal obeys what it is sent. */

const LONGEST_MESSAGE = 200;
/** More lines than these nobody reads; the number of the others is said. */
const MOST_NAMED = 20;

export const AT_THE_VENUE =
  'Look at the venue itself (its website or app) and cancel there what is still open.';
const HALTED_NOW =
  'Trading is HALTED: no order leaves until somebody types RESUME in Heartline. Positions stay as they are.';

const orders = (count: number) => (count === 1 ? '1 order' : `${count} orders`);

/** One sentence on where an account stands; the same for the same state, so that a repeat is not printed. */
export function sweepSentence(sweep: Sweep): string {
  const { account, found, left, failed } = sweep;
  const name = cleanText(account);
  const gone = `${found - left} of ${orders(found)} cancelled`;
  const { outcome } = sweep;
  if (outcome === undefined) return found === 0 ? `${name}: looking for open orders.` : `${name}: ${gone}.`;
  switch (outcome) {
    case 'clean':
      return found === 0 ? `${name}: nothing was open.` : `${name}: ${gone}, and nothing is open any more.`;
    case 'left-over':
    case 'stopped':
    case 'failed': {
      const why = sweep.detail === undefined ? '' : ` (${cleanText(sweep.detail, LONGEST_MESSAGE)})`;
      const bad = Math.max(left, failed.length);
      return bad === 0
        ? `${name}: NOT proven to be empty${why}.`
        : `${name}: ${gone}, ${orders(bad)} NOT cancelled${why}.`;
    }
    default:
      return assertNever(outcome);
  }
}

/** What could not be cancelled, in the venue's own words. */
function failureLines({ failed }: Sweep): readonly string[] {
  const named = failed
    .slice(0, MOST_NAMED)
    .map(({ order, message }) => `  ${cleanText(order, 80)}: ${cleanText(message, LONGEST_MESSAGE)}`);
  return failed.length > MOST_NAMED ? [...named, `  and ${failed.length - MOST_NAMED} more`] : named;
}

/** Whether nothing is left, and the sentences on how it ended. */
export function endOf(
  sweeps: readonly Sweep[],
  state: TradingState,
): { readonly isClean: boolean; readonly lines: readonly string[] } {
  const bad = sweeps.filter(({ outcome }) => outcome !== 'clean');
  const cancelled = sweeps.reduce((sum, { found, left }) => sum + found - left, 0);
  const lines: string[] = [];
  if (sweeps.length === 0) lines.push('There is no account to cancel anything at.');
  else if (bad.length === 0) lines.push(`Everything is cancelled: ${orders(cancelled)}.`);
  else {
    lines.push(`NOT everything is cancelled at: ${bad.map(({ account }) => cleanText(account)).join(', ')}.`);
    lines.push(...bad.flatMap(failureLines), AT_THE_VENUE);
  }
  if (state.unknown > 0) {
    lines.push(`The fate of ${orders(state.unknown)} is still unknown and may be open. ${AT_THE_VENUE}`);
  }
  lines.push(...haltLines(state));
  const isHalted = state.halted !== undefined && state.haltFault === undefined;
  return { isClean: bad.length === 0 && state.unknown === 0 && isHalted, lines };
}

function haltLines({ halted, haltFault }: TradingState): readonly string[] {
  if (halted === undefined) return ['Trading is NOT halted: it was resumed meanwhile.'];
  if (haltFault === undefined) return [HALTED_NOW];
  return [
    HALTED_NOW,
    `But this cannot be written down (${cleanText(haltFault, LONGEST_MESSAGE)}): a restart would forget it.`,
  ];
}

export function stateLines(state: TradingState): readonly string[] {
  const { halted, haltFault, armed, unknown } = state;
  return [
    halted === undefined
      ? 'Heartline runs, and trading is not halted.'
      : `Heartline runs, and trading is HALTED since ${new Date(halted.since).toISOString()} (${cleanText(halted.from, 100)}).`,
    ...(haltFault === undefined ? [] : haltLines(state).slice(1)),
    armed.length === 0
      ? 'No real venue is armed.'
      : `Armed: ${armed.map((name) => cleanText(name)).join(', ')}.`,
    unknown === 0 ? 'No order is of unknown fate.' : `Of unknown fate: ${orders(unknown)}.`,
  ];
}
