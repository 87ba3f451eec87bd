import type { Settings } from '#shared/contract/settings.ts';

type AlarmSettings = Settings['alarms'];

/** The form as typed; seconds where a person thinks in seconds. */
export type TypedAlarms = Readonly<Record<NumberField | 'webhookUrl', string>>;

/** What the engine takes (src/shared/contract/settings.ts), in the form's units. */
const BOUNDS = {
  scoreBelow: { least: 0, most: 1, whole: false },
  errors: { least: 1, most: 1_000, whole: true },
  inactiveSeconds: { least: 1, most: 3_600, whole: false },
  memoryMb: { least: 10, most: 10_000, whole: false },
  reconnects: { least: 1, most: 1_000, whole: true },
} as const;

export type NumberField = keyof typeof BOUNDS;
export const NUMBER_FIELDS = Object.keys(BOUNDS) as readonly NumberField[];
const MOST_ADDRESS = 500;

export function typedAlarms(held: AlarmSettings): TypedAlarms {
  return {
    scoreBelow: String(held.scoreBelow),
    errors: String(held.errors),
    inactiveSeconds: String(held.inactiveMs / 1_000),
    memoryMb: String(held.memoryMb),
    reconnects: String(held.reconnects),
    webhookUrl: held.webhookUrl,
  };
}

/** Names of the fields the engine would refuse, or what is typed as settings. */
export function readAlarms(
  typed: TypedAlarms,
):
  | { readonly wrong: readonly (NumberField | 'webhookUrl')[] }
  | Omit<AlarmSettings, 'sound' | 'notification'> {
  const wrong: (NumberField | 'webhookUrl')[] = NUMBER_FIELDS.filter((name) => {
    const { least, most, whole } = BOUNDS[name];
    const value = numberOf(typed[name]);
    return !(value >= least && value <= most) || (whole && !Number.isInteger(value));
  });
  const webhookUrl = typed.webhookUrl.trim();
  if (!isWebAddress(webhookUrl)) wrong.push('webhookUrl');
  if (wrong.length > 0) return { wrong };
  return {
    scoreBelow: numberOf(typed.scoreBelow),
    errors: numberOf(typed.errors),
    inactiveMs: Math.round(numberOf(typed.inactiveSeconds) * 1_000),
    memoryMb: numberOf(typed.memoryMb),
    reconnects: numberOf(typed.reconnects),
    webhookUrl,
  };
}

// An empty field is not a zero.
function numberOf(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}

function isWebAddress(text: string): boolean {
  if (text === '') return true;
  if (text.length > MOST_ADDRESS || !URL.canParse(text)) return false;
  return ['http:', 'https:'].includes(new URL(text).protocol);
}
