import i18next from 'i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { trustMeaning, trustText } from '../../../i18n/order-words.ts';
import { errorText } from '../../../i18n/text-for.ts';
import type { Verdict } from '../../../stores/ticket.ts';
import type { Gate } from '../../../stores/ticket-gate.ts';

/** The one reason on the button; `undefined` where it may be pressed. */
export function gateReason(gate: Gate): string | undefined {
  switch (gate.kind) {
    case 'ready':
      return undefined;
    case 'missing':
      return i18next.t(`gate.missing-${gate.field}`);
    case 'blocked':
      return trustText(gate.trust);
    case 'denied':
      // In two words; the sentence with its figures stands right above the button.
      return i18next.t(`denied.${gate.denial.rule}`);
    case 'placing':
    case 'no-account':
    case 'silent':
    case 'asking':
    case 'refused':
      return i18next.t(`gate.${gate.kind}`);
    default:
      return assertNever(gate);
  }
}

/** What the reason means and what to do, where the button has no room for it. */
export function gateMeaning(gate: Gate, verdict: Verdict): string | undefined {
  if (gate.kind === 'blocked') return trustMeaning(gate.trust);
  return gate.kind === 'refused' && verdict.kind === 'refused' ? errorText(verdict.error) : undefined;
}
