import type { Clock } from '#shared/base/clock.ts';
import type { PrivateManner } from '../korean/private-half.ts';
import type { BithumbBudget } from './budget.ts';
import { BITHUMB_DIALECT } from './dialect.ts';
import { BITHUMB_PRIVATE_DIALECT } from './private-dialect.ts';
import { bithumbEndpoints } from './private-endpoints.ts';
import { BAD_BODY, GATE_WORDS, invalid, OUT_OF_SCOPE } from './private-words.ts';

/** How far a token's time may be from the venue's: the venue publishes no figure. */
const TOKEN_AGE_MS = 30_000;

/** How Bithumb runs its private half. */
export function bithumbManner(clock: Clock, budget: BithumbBudget): PrivateManner {
  return {
    venue: BITHUMB_DIALECT.venue,
    dialect: BITHUMB_PRIVATE_DIALECT,
    algorithms: ['HS256'],
    tokenAgeMs: TOKEN_AGE_MS,
    endpoints: bithumbEndpoints(clock),
    gateWords: GATE_WORDS,
    outOfScope: OUT_OF_SCOPE,
    badBody: BAD_BODY,
    unknownCode: (code) => invalid(`market ${code}`),
    charge: (group) => budget.chargePrivate(group),
  };
}
