import type { DrillScore } from '../src/shared/domain/drill.ts';
import type { Figure } from '../src/shared/test-kit/figure.ts';
import type { SafetyGoal } from './safety-goal.ts';
import { benchParts, figureParts } from './safety-numbers.ts';

/** What came out of a run of everything. */
export interface Proof {
  readonly figures: readonly Figure[];
  readonly scores: readonly DrillScore[];
  /** By file: whether all of it passed, and how many tests did. */
  readonly tests: ReadonlyMap<string, { readonly passed: boolean; readonly count: number }>;
  /** The JSON each bench printed, by its name; absent: no bench was run. */
  readonly benches?: ReadonlyMap<string, unknown> | undefined;
}

/** The table of the goals, and the ids of those whose proof failed or did not run. */
export function safetyTable(
  goals: readonly SafetyGoal[],
  proof: Proof,
): { readonly table: string; readonly failed: readonly string[] } {
  const failed: string[] = [];
  const rows = goals.map((goal) => {
    const faults = [
      ...testFaults(goal, proof),
      ...drillFaults(goal, proof),
      ...figureParts(goal, proof.figures).faults,
      ...benchParts(goal, proof.benches).faults,
    ];
    if (faults.length > 0) failed.push(goal.id);
    const state = faults.length > 0 ? `**failed**: ${faults.join('; ')}` : goal.state;
    const tests = goal.tests.map((test) => `\`${test}\``).join(', ');
    const drills = goal.drills ? ` · drill: ${goal.drills.join(', ')}` : '';
    const names = [...new Set(goal.benches?.map(({ bench }) => bench))];
    const benches = names.length > 0 ? ` · bench: ${names.join(', ')}` : '';
    return `| ${goal.id} | ${goal.never} | ${state} | ${tests}${drills}${benches} | ${words(goal, proof)} |`;
  });
  const head = [
    '| # | must never happen | state | test | last number, and what is missing |',
    '|---|---|---|---|---|',
  ];
  return { table: [...head, ...rows].join('\n'), failed };
}

function testFaults(goal: SafetyGoal, { tests }: Proof): readonly string[] {
  return goal.tests
    .filter((test) => tests.get(test)?.passed !== true)
    .map((test) => `${test} ${tests.has(test) ? 'fails' : 'did not run'}`);
}

function drillFaults(goal: SafetyGoal, { scores }: Proof): readonly string[] {
  return (goal.drills ?? []).flatMap((scenario) => {
    const own = scores.filter((score) => score.scenario === scenario);
    if (own.length === 0) return [`drill ${scenario} did not run`];
    return own.filter((score) => !score.passed).map((score) => `drill ${scenario} at ${score.venue}`);
  });
}

function words(goal: SafetyGoal, proof: Proof): string {
  const counted = goal.tests.reduce((sum, test) => sum + (proof.tests.get(test)?.count ?? 0), 0);
  const figures = figureParts(goal, proof.figures).words;
  const benches = benchParts(goal, proof.benches).words;
  const drills = (goal.drills ?? []).map((scenario) => drillWords(scenario, proof.scores));
  const parts = [`${counted} tests`, goal.extent, ...figures, ...drills, ...benches].filter(
    (part) => part !== undefined && part !== '',
  );
  return `${parts.join('. ')}.${goal.missing ? ` Not yet: ${goal.missing}.` : ''}`;
}

/** The worst of the venues. */
function drillWords(scenario: string, scores: readonly DrillScore[]): string {
  const own = scores.filter((score) => score.scenario === scenario);
  if (own.length === 0) return '';
  const worst = (pick: (score: DrillScore) => number) =>
    Math.max(...own.map(pick).filter((value) => !Number.isNaN(value)));
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const noticed = worst((score) => score.noticedAfterMs ?? Number.NaN);
  const parts = [
    Number.isFinite(noticed) ? `noticed ${seconds(noticed)}` : '',
    `false green ${seconds(worst((score) => score.falseGreenMs))}`,
    `back ${seconds(worst((score) => score.recoveredAfterMs ?? Number.NaN))}`,
    `trades lost ${worst((score) => score.tradesLost)}`,
  ];
  return `drill ${scenario}, worst of ${own.length} venues: ${parts.filter((part) => part !== '').join(', ')}`;
}
