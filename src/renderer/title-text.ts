import type { DeskSummary } from '#shared/domain/desk-summary.ts';
import { glyphOf, pnlLine, wantedCount, worstLine } from '#shared/domain/summary-text.ts';
import type { Language } from './i18n/language.ts';

export interface TitleParts {
  readonly summary: DeskSummary;
  readonly language: Language;
  /** What is looked at: `83,860.2 BTC-USDT-PERP`. */
  readonly market: string;
  /** `DEMO`, `RECORDING`; absent: live. */
  readonly mode: string | undefined;
  readonly appName: string;
  readonly showsPnl: boolean;
}

/**
 * `(2) ▲ 83,860.2 BTC-USDT-PERP · +12.30 USDT · DEMO · Heartline`: what wants a person first, then the worst health unless all
 * is well. While the engine is silent nothing of the market stands there.
 */
export function titleText({ summary, language, market, mode, appName, showsPnl }: TitleParts): string {
  const wanted = wantedCount(summary);
  const pnl = showsPnl ? pnlLine(summary, language) : undefined;
  const first =
    summary.engine === 'silent' ? worstLine(summary, language).text : withGlyph(summary.worst, market);
  const parts = [first, ...(pnl === undefined ? [] : [pnl]), ...(mode === undefined ? [] : [mode]), appName];
  return (wanted > 0 ? `(${wanted}) ` : '') + parts.join(' · ');
}

function withGlyph(worst: DeskSummary['worst'], market: string): string {
  const isWell = worst === 'live' || worst === 'idle' || worst === 'rotating';
  return isWell ? market : `${glyphOf(worst)} ${market}`;
}
