import i18next from 'i18next';
import { type StreamKey, streamKeyText } from '#shared/domain/stream-key.ts';
import { causeText } from '../i18n/text-for.ts';
import type { Desk } from '../stores/desk.ts';

/** Why a stream does not speak, in words: what its connection waits or failed for. Empty where nothing is known. */
export function streamReason(desk: Pick<Desk, 'pulse'>, key: StreamKey): string {
  const { index, answering } = desk.pulse.getState();
  const state = answering ? index.stream(streamKeyText(key))?.connection.state : undefined;
  return state !== undefined && 'cause' in state ? causeText(state.cause) : '';
}

/** What is to be said of a stream, with the reason where there is one. */
export function withReason(desk: Pick<Desk, 'pulse'>, what: string, key: StreamKey): string {
  const why = streamReason(desk, key);
  return why === '' ? what : i18next.t('stream.because', { what, why });
}
