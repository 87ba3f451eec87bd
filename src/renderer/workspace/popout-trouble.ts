import type { Pulse } from '../stores/pulse.ts';

/** Why nothing in a pop-out can be current. `asleep`: the desk's window hears nothing because the browser keeps it in the background. */
export type PopoutTrouble = 'asleep' | 'silent';

/** Judged by the pop-out's own timer, four times a second, as it is shown there. */
export function popoutTrouble(
  { answering }: Pick<Pulse, 'answering'>,
  isDeskHidden: boolean,
): PopoutTrouble | undefined {
  if (answering) return undefined;
  return isDeskHidden ? 'asleep' : 'silent';
}
