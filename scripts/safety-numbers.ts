import type { Figure } from '../src/shared/test-kit/figure.ts';
import type { BenchNumber, FigureRule, SafetyGoal } from './safety-goal.ts';

/** What is told of a goal's numbers, and which of them are out of their bounds. */
export interface NumberParts {
  readonly words: readonly string[];
  readonly faults: readonly string[];
}

/** Figures a rule matches are told together; what no rule matches is told as it is. */
export function figureParts(goal: SafetyGoal, noted: readonly Figure[]): NumberParts {
  const own = noted.filter((figure) => figure.goal === goal.id);
  const rules = goal.figures ?? [];
  const isMeant = (figure: Figure, rule: FigureRule) => new RegExp(rule.match, 'u').test(figure.what);
  const parts = rules.map((rule) => {
    const values = own.filter((figure) => isMeant(figure, rule)).map(({ value }) => value);
    // Nothing noted: its test skipped itself here, with a reason of its own.
    if (values.length === 0) return { words: [], faults: [] };
    const sum = values.reduce((total, value) => total + value, 0);
    const value = { max: Math.max(...values), min: Math.min(...values), sum }[rule.of];
    return told(rule, value, values.length);
  });
  const others = own
    .filter((figure) => !rules.some((rule) => isMeant(figure, rule)))
    .map(({ what, value, unit }) => `${what}: ${spelled(value)} ${unit}`);
  return {
    words: [...parts.flatMap(({ words }) => words), ...others],
    faults: parts.flatMap(({ faults }) => faults),
  };
}

/** `benches` absent: none was run, and none can fail. */
export function benchParts(goal: SafetyGoal, benches: ReadonlyMap<string, unknown> | undefined): NumberParts {
  if (!benches) return { words: [], faults: [] };
  const parts = (goal.benches ?? []).map((number) => {
    const value = fieldOf(benches.get(number.bench), number.field);
    if (value === undefined) return { words: [], faults: [`bench ${number.bench} told no ${number.field}`] };
    const { words, faults } = told(number, value, 1);
    return { words: words.map((word) => `bench ${number.bench}: ${word}`), faults };
  });
  return { words: parts.flatMap(({ words }) => words), faults: parts.flatMap(({ faults }) => faults) };
}

function fieldOf(printed: unknown, path: string): number | undefined {
  const value = path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | null | undefined)?.[key], printed);
  return typeof value === 'number' ? value : undefined;
}

function told(rule: FigureRule | BenchNumber, value: number, count: number): NumberParts {
  const sentence = rule.say.replaceAll('{value}', spelled(value)).replaceAll('{count}', spelled(count));
  const { max = Number.POSITIVE_INFINITY, min = Number.NEGATIVE_INFINITY } = rule;
  if (value <= max && value >= min) return { words: [sentence], faults: [] };
  const bound = value > max ? `at most ${spelled(max)}` : `at least ${spelled(min)}`;
  return { words: [sentence], faults: [`${sentence} (allowed: ${bound})`] };
}

/** 12,345 or 0.338: whole where the digits after the point say nothing. */
function spelled(value: number): string {
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 1 ? 1 : 3;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}
