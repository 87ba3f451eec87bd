import { ageText } from '../base/age-text.ts';
import { assertNever } from '../base/assert-never.ts';
import { roundDecimal } from '../base/decimal-sum.ts';
import type { DeskSummary } from './desk-summary.ts';
import { HEALTH_SHAPES, type HealthKind, SHAPE_CHARACTERS } from './health-kind.ts';
import type { OpenPnl } from './open-pnl.ts';
import type { ShellLanguage } from './shell-words.ts';
import { summaryWords } from './summary-words.ts';

/** Digits after the point of a sum; of any other currency two. */
const DIGITS: Readonly<Record<string, number>> = { KRW: 0, BTC: 8, ETH: 6 };

/** A line about one thing. `steady` tells the same without what counts on by itself: for a menu, which must not change under a hand. */
export interface SummaryLine {
  readonly text: string;
  readonly steady: string;
}

export function glyphOf(kind: HealthKind): string {
  return SHAPE_CHARACTERS[HEALTH_SHAPES[kind]];
}

/** `● live`, `▲ engine not answering · 38 s`. */
export function worstLine(summary: DeskSummary, language: ShellLanguage): SummaryLine {
  const words = summaryWords[language];
  const glyph = glyphOf(summary.worst);
  switch (summary.engine) {
    case 'silent': {
      const said = `${glyph} ${words.engineSilent}`;
      if (!Number.isFinite(summary.engineSilentMs)) return { text: said, steady: said };
      return { text: `${said} · ${ageText(summary.engineSilentMs, language)}`, steady: said };
    }
    case 'unheard': {
      const said = `${glyph} ${words.engineUnheard}`;
      return { text: said, steady: said };
    }
    case 'answering': {
      const counts = summary.counts
        .map(({ kind, venues }) => `${glyphOf(kind)} ${words.health[kind]} ${venues}`)
        .join(' · ');
      const said = counts === '' ? `${glyph} ${words.health[summary.worst]}` : counts;
      return { text: said, steady: said };
    }
    default:
      return assertNever(summary.engine);
  }
}

/** One a venue: `● Binance · live`, `▲ Bybit · down · 38 s`; while the engine is silent its last word is not repeated. */
export function venueLines(
  { engine, now, venues }: DeskSummary,
  language: ShellLanguage,
  clock: (time: number) => string,
): readonly SummaryLine[] {
  const words = summaryWords[language];
  return venues.map(({ name, kind, since }) => {
    const word = engine === 'answering' ? words.health[kind] : words.notKnown;
    const said = `${glyphOf(kind)} ${name} · ${word}`;
    // How long a healthy one has been healthy is nobody's question.
    if (kind === 'live' || kind === 'idle' || !Number.isFinite(since)) return { text: said, steady: said };
    return {
      text: `${said} · ${ageText(now - since, language)}`,
      steady: `${said} · ${words.since(clock(since))}`,
    };
  });
}

/**
 * `+1,234.50 USDT`; what is not known now is an em dash or its age, never an old number. Without ages it says that it is
 * stale, not since when.
 */
function pnlText(pnl: OpenPnl, language: ShellLanguage, withAges = true): string {
  const words = summaryWords[language];
  const unit = [pnl.currency, ...(pnl.isPaper ? [words.paper] : [])].filter((part) => part !== '').join(' ');
  const figure = figureText(pnl, language, withAges);
  return unit === '' ? figure : `${figure} ${unit}`;
}

function figureText(pnl: OpenPnl, language: ShellLanguage, withAges: boolean): string {
  switch (pnl.kind) {
    case 'known': {
      const figure = signedMoney(pnl.value, pnl.currency);
      return `${pnl.isEstimated ? '≈' : ''}${figure}${pnl.freshness === 'late' ? ` (${summaryWords[language].health.late})` : ''}`;
    }
    case 'stale': {
      const said = `${SHAPE_CHARACTERS.triangle} ${summaryWords[language].health.stale}`;
      return withAges ? `${said} ${ageText(pnl.ageMs, language)}` : said;
    }
    case 'unknown':
      return '—';
    default:
      return assertNever(pnl);
  }
}

/** The whole profit on one line, or nothing while there is no position. */
export function pnlLine(
  { pnl }: Pick<DeskSummary, 'pnl'>,
  language: ShellLanguage,
  withAges = true,
): string | undefined {
  if (pnl.length === 0) return undefined;
  return pnl.map((one) => pnlText(one, language, withAges)).join(' · ');
}

/** `'-1234.5'` → `−1,234.50`: with its sign, unless it is nothing. */
function signedMoney(value: string, currency: string): string {
  const rounded = roundDecimal(value, DIGITS[currency] ?? 2);
  if (rounded === undefined) return '—';
  const isNegative = rounded.startsWith('-');
  const [whole = '', fraction] = rounded.replace('-', '').split('.');
  const figure = whole.replace(/\B(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
  if (!/[1-9]/.test(figure)) return figure;
  return `${isNegative ? '−' : '+'}${figure}`;
}

/** What wants a person: orders of unknown fate, and alarms nobody has seen. */
export function wantedCount({ alarms, trading }: DeskSummary): number {
  return alarms.active + trading.unknown;
}
