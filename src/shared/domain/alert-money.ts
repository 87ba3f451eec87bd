import type { AlertHappening } from './alert.ts';

/** The person's own money is at stake, not only the market. */
export function touchesMoney({ alert }: Pick<AlertHappening, 'alert'>): boolean {
  return alert.rule.kind === 'pnl' || alert.rule.kind === 'liquidation';
}
