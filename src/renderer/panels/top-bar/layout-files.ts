import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { asError } from '../../stores/as-error.ts';
import type { Desk } from '../../stores/desk.ts';
import { saveFile } from '../../ui/save-file.ts';

type Part = Pick<Desk, 'workspace' | 'notices'>;

const MOST_BYTES = 200_000;
const MARK = 'heartline-layout';

/** The arrangement as it stands, as a file to keep or to give away. It names instruments and panels, nothing else. */
export function exportLayout({ workspace }: Part): void {
  const arrangement = workspace.read();
  if (arrangement === undefined) return;
  const { current } = workspace.store.getState();
  const text = JSON.stringify({ kind: MARK, version: 1, name: current, arrangement }, undefined, 2);
  const name = current.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 40);
  saveFile(`heartline-layout-${name}.json`, new TextEncoder().encode(text), 'application/json');
}

/** Takes a file in and shows it; what is wrong with it is told, and then nothing was changed. */
export async function importLayout({ workspace, notices }: Part, file: File): Promise<void> {
  try {
    const { name, arrangement } = await readLayout(file);
    await workspace.take(name, arrangement);
  } catch (fault) {
    notices.show(asError(fault));
  }
}

async function readLayout(file: File): Promise<{ readonly name: string; readonly arrangement: unknown }> {
  const unreadable = (reason: string, cause?: unknown) =>
    new HeartlineError('layout.file', reason, { cause, details: { file: file.name.slice(0, 80) } });
  if (file.size > MOST_BYTES) throw unreadable(`${file.size} bytes are too many for a layout`);
  let told: unknown;
  try {
    told = JSON.parse(await file.text());
  } catch (fault) {
    throw unreadable(messageOf(fault), fault);
  }
  const { kind, version, name, arrangement } = (told ?? {}) as Record<string, unknown>;
  if (kind !== MARK || version !== 1) throw unreadable('not a layout of Heartline');
  const called = typeof name === 'string' && name.trim() !== '' ? name : file.name.replace(/\.json$/i, '');
  return { name: called.trim().slice(0, 60), arrangement };
}
