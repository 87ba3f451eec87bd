import type { Settings } from '#shared/contract/settings.ts';

/** How times and numbers are told, as the settings say. */
export type Manner = Pick<Settings, 'timeZone' | 'numbers'>;

let chosen: Manner = { timeZone: 'local', numbers: 'auto' };

/** Answers whether anything that is shown already has to be written anew. */
export function setManner({ timeZone, numbers }: Manner): boolean {
  const isNew = timeZone !== chosen.timeZone || numbers !== chosen.numbers;
  chosen = { timeZone, numbers };
  return isNew;
}

const ZONES: Readonly<Record<Settings['timeZone'], string | undefined>> = {
  local: undefined,
  kst: 'Asia/Seoul',
  utc: 'UTC',
};

/** The zone times are told in, as `Intl` names it; `undefined`: that of the system. */
export function chosenZone(): string | undefined {
  return ZONES[chosen.timeZone];
}

/** Whose steps large numbers are told in: K and M, or 만 and 억; `auto`: those of the language. */
export function chosenNumbers(): Settings['numbers'] {
  return chosen.numbers;
}
