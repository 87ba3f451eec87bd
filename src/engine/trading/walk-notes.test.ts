import { expect, test } from 'vitest';
import { createVirtualClock } from '#shared/test-kit/virtual-clock.ts';
import { createMemoryJournal } from './test-kit/memory-journal.ts';
import { createWalkNotes } from './walk-notes.ts';

const denied = (order: string) => ({ kind: 'denied', order, denials: [] }) as const;

function open() {
  const clock = createVirtualClock();
  const journal = createMemoryJournal(clock);
  return { clock, journal, notes: createWalkNotes(clock, journal), kinds: () => journal.kindsOf('a') };
}

test('a walk that waits is on the disk meanwhile, and once', () => {
  const { clock, notes, kinds } = open();
  notes.add(denied('a'));
  const before = kinds().length;
  clock.advance(50);
  const waited = kinds().length;
  notes.dispose();
  clock.advance(1000);
  expect([before, waited, kinds().length]).toEqual([0, 1, 1]);
});

test('what somebody takes along is not written here as well', () => {
  const { clock, notes, kinds } = open();
  notes.add(denied('a'));
  const taken = notes.take();
  clock.advance(1000);
  notes.dispose();
  expect([taken.length, kinds()]).toEqual([1, []]);
});

test('what cannot be written says so, and is kept for the next try', () => {
  const { journal, notes, kinds } = open();
  journal.isBroken = true;
  notes.add(denied('a'));
  const isWritten = notes.write();
  journal.isBroken = false;
  notes.add(denied('a'));
  expect([isWritten, notes.write(), kinds().length]).toEqual([false, true, 2]);
});
