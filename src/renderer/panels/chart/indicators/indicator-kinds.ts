import { INK_NAMES, type InkName } from '../inks.ts';

export const INDICATOR_KINDS = [
  'sma',
  'ema',
  'vwap',
  'bollinger',
  'rsi',
  'macd',
  'atr',
  'stochastic',
] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/**
 * Where the sum of a VWAP begins anew. `day`: 00:00 UTC, which is 09:00 KST and where Korean venues begin their day ·
 * `kst`: midnight in Seoul (15:00 UTC) · `week`: Monday 00:00 UTC.
 */
export const SESSIONS = ['day', 'kst', 'week'] as const;
export type Session = (typeof SESSIONS)[number];

/** A number a person sets, with its bounds and what it is at first. */
export interface IndicatorNumber {
  readonly name: 'period' | 'width' | 'fast' | 'slow' | 'signal' | 'smooth';
  readonly first: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** What one value of an indicator is called in the legend; `main` needs no name beside that of the indicator. */
export type LineName = 'main' | 'upper' | 'middle' | 'lower' | 'macd' | 'signal' | 'histogram' | 'k' | 'd';

export interface IndicatorShape {
  /** `price`: over the candles, in their unit. `own`: in a pane of its own. */
  readonly pane: 'price' | 'own';
  readonly numbers: readonly IndicatorNumber[];
  readonly hasSession: boolean;
  readonly lines: readonly LineName[];
  /** Heights marked in its own pane. */
  readonly levels: readonly number[];
}

const PERIODS = { least: 1, most: 1000, step: 1 } as const;
const period = (first: number, least = 1): IndicatorNumber => ({ name: 'period', first, ...PERIODS, least });

export const INDICATOR_SHAPES: Readonly<Record<IndicatorKind, IndicatorShape>> = {
  sma: { pane: 'price', numbers: [period(20)], hasSession: false, lines: ['main'], levels: [] },
  ema: { pane: 'price', numbers: [period(20)], hasSession: false, lines: ['main'], levels: [] },
  vwap: { pane: 'price', numbers: [], hasSession: true, lines: ['main'], levels: [] },
  bollinger: {
    pane: 'price',
    numbers: [period(20, 2), { name: 'width', first: 2, least: 0.1, most: 10, step: 0.1 }],
    hasSession: false,
    lines: ['upper', 'middle', 'lower'],
    levels: [],
  },
  // With a period of one there is no change to weigh.
  rsi: { pane: 'own', numbers: [period(14, 2)], hasSession: false, lines: ['main'], levels: [30, 70] },
  macd: {
    pane: 'own',
    numbers: [
      { name: 'fast', first: 12, ...PERIODS },
      { name: 'slow', first: 26, ...PERIODS, least: 2 },
      { name: 'signal', first: 9, ...PERIODS },
    ],
    hasSession: false,
    lines: ['macd', 'signal', 'histogram'],
    levels: [0],
  },
  atr: { pane: 'own', numbers: [period(14)], hasSession: false, lines: ['main'], levels: [] },
  stochastic: {
    pane: 'own',
    numbers: [period(14), { name: 'smooth', first: 3, ...PERIODS }, { name: 'signal', first: 3, ...PERIODS }],
    hasSession: false,
    lines: ['k', 'd'],
    levels: [20, 80],
  },
};

/** One indicator as a person has set it up; several of a kind may stand on one chart. */
export interface IndicatorChoice {
  readonly id: string;
  readonly kind: IndicatorKind;
  readonly numbers: Readonly<Partial<Record<IndicatorNumber['name'], number>>>;
  readonly session: Session;
  readonly ink: InkName;
}

/** A chart holds no more: each is work with every tick. */
export const MOST_INDICATORS = 12;

/** Of the kind's own, or what it is at first where `given` makes no sense. */
export function numberOf(
  choice: Pick<IndicatorChoice, 'kind' | 'numbers'>,
  name: IndicatorNumber['name'],
): number {
  const shape = INDICATOR_SHAPES[choice.kind].numbers.find((one) => one.name === name);
  if (shape === undefined) return Number.NaN;
  const given = choice.numbers[name];
  if (given === undefined || !Number.isFinite(given)) return shape.first;
  const bound = Math.min(shape.most, Math.max(shape.least, given));
  return shape.step === 1 ? Math.round(bound) : bound;
}

export function newIndicator(kind: IndicatorKind, held: readonly IndicatorChoice[]): IndicatorChoice {
  const used = new Set(held.map(({ ink }) => ink));
  const ink =
    INK_NAMES.find((name) => !used.has(name)) ?? INK_NAMES[held.length % INK_NAMES.length] ?? 'blue';
  let number = held.length + 1;
  while (held.some(({ id }) => id === `${kind}-${number}`)) number += 1;
  return { id: `${kind}-${number}`, kind, numbers: {}, session: 'day', ink };
}

/** What a layout remembered. It may be of another version or of anybody's making: what makes no sense is left out. */
export function readIndicators(given: unknown): readonly IndicatorChoice[] {
  if (!Array.isArray(given)) return [];
  const choices: IndicatorChoice[] = [];
  for (const one of given as readonly unknown[]) {
    if (typeof one !== 'object' || one === null || choices.length >= MOST_INDICATORS) continue;
    const { id, kind, numbers, session, ink } = one as Record<string, unknown>;
    if (!INDICATOR_KINDS.includes(kind as IndicatorKind)) continue;
    if (typeof id !== 'string' || id === '' || choices.some((choice) => choice.id === id)) continue;
    const own = INDICATOR_SHAPES[kind as IndicatorKind].numbers;
    const known = typeof numbers === 'object' && numbers !== null ? (numbers as Record<string, unknown>) : {};
    choices.push({
      id: id.slice(0, 40),
      kind: kind as IndicatorKind,
      numbers: Object.fromEntries(
        own.flatMap(({ name }) => (typeof known[name] === 'number' ? [[name, known[name]]] : [])),
      ),
      session: SESSIONS.find((name) => name === session) ?? 'day',
      ink: INK_NAMES.find((name) => name === ink) ?? 'blue',
    });
  }
  return choices;
}
