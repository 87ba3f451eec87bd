import { expect, it } from 'vitest';
import type { Press } from './press.ts';
import { beginRecording, IDLE, type Recorder, recordPress, recordRelease, takeOver } from './recorder.ts';
import { pressOfKeys } from './test-kit/press-of-keys.ts';

const rules = {
  commands: [{ id: 'a', chord: 'Alt+KeyA' }, { id: 'b' }],
  kept: {},
  isMac: false,
};
const record = (id: string, ...presses: readonly Press[]): Recorder =>
  presses.reduce((state, press) => recordPress(state, press, rules), beginRecording(id));

it('takes the first chord that can be had', () => {
  expect(record('b', pressOfKeys('Mod+Shift+KeyP'))).toEqual({
    kind: 'done',
    id: 'b',
    chord: 'Mod+Shift+KeyP',
  });
});

it('shows modifiers while they are held, and waits', () => {
  const down = record(
    'b',
    pressOfKeys('', { code: 'ControlLeft', ctrl: true }),
    pressOfKeys('', { code: 'ShiftLeft', ctrl: true, shift: true }),
  );
  const up = recordRelease(down, pressOfKeys('', { code: 'ShiftLeft', ctrl: true }), false);
  expect([down, up]).toEqual([
    { kind: 'listening', id: 'b', held: ['Mod', 'Shift'], refused: undefined },
    { kind: 'listening', id: 'b', held: ['Mod'], refused: undefined },
  ]);
});

it('records the physical key under a Hangul input method', () => {
  expect(record('b', pressOfKeys('Alt+KeyQ', { key: 'Process', isTaken: true, isComposing: true }))).toEqual({
    kind: 'done',
    id: 'b',
    chord: 'Alt+KeyQ',
  });
});

it('Esc leaves it, Backspace and Delete take the chord away', () => {
  const keys = ['Escape', 'Backspace', 'Delete'].map((code) => record('a', pressOfKeys(code)));
  const none = { kind: 'done', id: 'a', chord: null };
  expect(keys).toEqual([IDLE, none, none]);
});

it('refuses with a reason and goes on listening', () => {
  const refused = [
    pressOfKeys('KeyQ'),
    pressOfKeys('Digit5'),
    pressOfKeys('Enter'),
    pressOfKeys('Mod+KeyC'),
    pressOfKeys('Mod+KeyT'),
    pressOfKeys('Alt+F4'),
    pressOfKeys('Mod+Alt+KeyE', { isAltGraph: true }),
    pressOfKeys('', { code: '' }),
  ].map((press) => {
    const state = record('b', press);
    if (state.kind !== 'listening' || state.refused === undefined) return state.kind;
    return state.refused.kind === 'reserved' ? state.refused.why : state.refused.kind;
  });
  expect(refused).toEqual([
    'search',
    'interval',
    'focus',
    'editing',
    'browser',
    'system',
    'alt-graph',
    'nameless',
  ]);
  expect(record('b', pressOfKeys('KeyQ'), pressOfKeys('F2'))).toEqual({ kind: 'done', id: 'b', chord: 'F2' });
});

it('a chord somebody has is a conflict: it moves only when that is said', () => {
  const conflict = record('b', pressOfKeys('Alt+KeyA'));
  expect([
    conflict,
    takeOver(conflict),
    recordPress(conflict, pressOfKeys('Escape'), rules),
    recordPress(conflict, pressOfKeys('F2'), rules),
  ]).toEqual([
    { kind: 'conflict', id: 'b', chord: 'Alt+KeyA', by: 'a' },
    { kind: 'done', id: 'b', chord: 'Alt+KeyA' },
    IDLE,
    conflict,
  ]);
});

it('its own chord again is no conflict', () => {
  expect(record('a', pressOfKeys('Alt+KeyA'))).toEqual({ kind: 'done', id: 'a', chord: 'Alt+KeyA' });
});

it('a key that was down already when it began counts for nothing', () => {
  expect(record('b', pressOfKeys('F2', { isRepeat: true })).kind).toBe('listening');
});
