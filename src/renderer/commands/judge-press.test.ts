import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KeptBindings, resolveBindings } from './bindings.ts';
import { judgePress } from './judge-press.ts';
import type { Press } from './press.ts';
import { pressOfKeys } from './test-kit/press-of-keys.ts';

const COMMANDS = [
  { id: 'palette', chord: 'Mod+KeyK' },
  { id: 'sheet', chord: 'Shift+Slash' },
  { id: 'slash', chord: 'Slash' },
  { id: 'next', chord: 'Alt+ArrowDown', isRepeatable: true },
  { id: 'undo', chord: 'Mod+KeyZ', isRepeatable: true },
  { id: 'help', chord: 'F2' },
  { id: 'pad', chord: 'NumpadAdd' },
  { id: 'buy', chord: 'Alt+KeyB', isOrder: true },
  { id: 'close', chord: 'F8', isOrder: true },
  { id: 'kill', chord: 'Alt+Shift+KeyK', isOverDialogs: true },
] as const;

function judged(press: Press, rules: { readonly ordersOn?: boolean; readonly isMac?: boolean } = {}): string {
  const { ordersOn = true, isMac = false } = rules;
  const bindings = resolveBindings(COMMANDS, {}, isMac);
  const told = judgePress(press, { bindings, ordersOn, isMac });
  return told.kind === 'run' ? told.command.id : told.kind;
}

describe('a key', () => {
  it.each<[what: string, press: Press, comes: string]>([
    ['a chord does its command', pressOfKeys('Mod+KeyK'), 'palette'],
    ['one modifier more is another chord', pressOfKeys('Mod+Shift+KeyK'), 'nothing'],
    ['the letter it gives does not matter', pressOfKeys('Mod+KeyK', { key: 'ㅏ' }), 'palette'],
    ['a letter outside a field searches', pressOfKeys('KeyB'), 'search'],
    ['a capital letter too', pressOfKeys('Shift+KeyB'), 'search'],
    ['a letter of a Hangul layout too', pressOfKeys('KeyQ', { key: 'ㅂ' }), 'search'],
    [
      'one an input method took too: it goes on in the field',
      pressOfKeys('KeyQ', { key: 'Process', isTaken: true }),
      'search',
    ],
    ['a held letter does not search again', pressOfKeys('KeyB', { isRepeat: true }), 'nothing'],
    ['a letter in a field is text', pressOfKeys('KeyB', { isTyping: true }), 'nothing'],
    ['a letter in a list chooses there', pressOfKeys('KeyB', { isChoosing: true }), 'nothing'],
    ['a letter under a dialog does nothing', pressOfKeys('KeyB', { isModal: true }), 'nothing'],
    ['a mark in a field is text', pressOfKeys('Slash', { isTyping: true }), 'nothing'],
    ['also with Shift', pressOfKeys('Shift+Slash', { isTyping: true }), 'nothing'],
    ['a mark in a list chooses there', pressOfKeys('Slash', { isChoosing: true }), 'nothing'],
    ['a chord works from within a field', pressOfKeys('Mod+KeyK', { isTyping: true }), 'palette'],
    ['a function key works from within a field', pressOfKeys('F2', { isTyping: true }), 'help'],
    ['undo in a field is the field’s', pressOfKeys('Mod+KeyZ', { isTyping: true }), 'nothing'],
    ['undo elsewhere is the desk’s', pressOfKeys('Mod+KeyZ'), 'undo'],
    ['AltGr types', pressOfKeys('Mod+Alt+KeyK', { isAltGraph: true }), 'nothing'],
    [
      'AltGr types also where only its own name comes',
      pressOfKeys('Alt+KeyB', { isAltGraph: true }),
      'nothing',
    ],
    ['the pad’s plus is not the other plus', pressOfKeys('Shift+Equal'), 'nothing'],
    ['the pad’s plus is itself', pressOfKeys('NumpadAdd'), 'pad'],
    ['what somebody nearer took is taken', pressOfKeys('Mod+KeyK', { isHandled: true }), 'nothing'],
    ['a held key is swallowed', pressOfKeys('Mod+KeyK', { isRepeat: true }), 'swallow'],
    ['unless the command goes on', pressOfKeys('Alt+ArrowDown', { isRepeat: true }), 'next'],
    ['a key without a name is nothing', pressOfKeys('', { code: 'Unidentified' }), 'nothing'],
    ['a modifier alone is nothing', pressOfKeys('', { code: 'ControlLeft', ctrl: true }), 'nothing'],
    ['under a dialog no chord works', pressOfKeys('Mod+KeyK', { isModal: true }), 'nothing'],
    ['but the way to stop', pressOfKeys('Alt+Shift+KeyK', { isModal: true }), 'kill'],
    ['which also works in a field', pressOfKeys('Alt+Shift+KeyK', { isTyping: true }), 'kill'],
  ])('%s', (_what, press, comes) => {
    expect(judged(press)).toBe(comes);
  });
});

describe('an order’s key', () => {
  it.each<[what: string, press: Press, comes: string]>([
    ['works', pressOfKeys('Alt+KeyB'), 'buy'],
    ['works with a Hangul input method on', pressOfKeys('Alt+KeyB', { key: 'ㅠ' }), 'buy'],
    [
      'works where the input method keeps the letter',
      pressOfKeys('Alt+KeyB', { key: 'Process', isTaken: true }),
      'buy',
    ],
    ['never fires in the middle of a syllable', pressOfKeys('Alt+KeyB', { isComposing: true }), 'nothing'],
    [
      'never from a key an input method took in a field',
      pressOfKeys('Alt+KeyB', { isTaken: true, isTyping: true }),
      'nothing',
    ],
    ['never while typing', pressOfKeys('Alt+KeyB', { isTyping: true }), 'nothing'],
    ['never while typing, function keys included', pressOfKeys('F8', { isTyping: true }), 'nothing'],
    ['never in a list', pressOfKeys('F8', { isChoosing: true }), 'nothing'],
    ['never twice by holding it', pressOfKeys('Alt+KeyB', { isRepeat: true }), 'swallow'],
    ['never under a dialog', pressOfKeys('Alt+KeyB', { isModal: true }), 'nothing'],
  ])('%s', (_what, press, comes) => {
    expect(judged(press)).toBe(comes);
  });

  it('does nothing until the person has switched orders by keys on; what stops them works', () => {
    const keys = ['Alt+KeyB', 'F8', 'Alt+Shift+KeyK'];
    expect(keys.map((chord) => judged(pressOfKeys(chord), { ordersOn: false }))).toEqual([
      'nothing',
      'nothing',
      'kill',
    ]);
  });
});

it('on a Mac ⌘ is the main modifier, Ctrl another, and ⌥ types in a field', () => {
  const on = (press: Press) => judged(press, { isMac: true });
  expect([
    on(pressOfKeys('', { code: 'KeyK', meta: true })),
    on(pressOfKeys('', { code: 'KeyK', ctrl: true })),
    on(pressOfKeys('', { code: 'ArrowDown', alt: true })),
    on(pressOfKeys('', { code: 'ArrowDown', alt: true, isTyping: true })),
  ]).toEqual(['palette', 'nothing', 'next', 'nothing']);
});

it('whatever is bound, one press does at most one command, and that is the one whose keys were shown', () => {
  const chords = [
    'Mod+KeyK',
    'Alt+KeyB',
    'F2',
    'F8',
    'Slash',
    'Alt+Shift+KeyK',
    'KeyQ',
    'Mod+KeyW',
    'nonsense',
    '',
  ];
  const ids = [...COMMANDS.map(({ id }) => id), 'gone', '__proto__', 'constructor'];
  const kept = fc.dictionary(fc.constantFrom(...ids), fc.option(fc.constantFrom(...chords)), { maxKeys: 12 });
  const press = fc.record({
    chord: fc.constantFrom(...chords.slice(0, 8), ...COMMANDS.map(({ chord }) => chord)),
    isRepeat: fc.boolean(),
    isTyping: fc.boolean(),
    isModal: fc.boolean(),
    isComposing: fc.boolean(),
    ordersOn: fc.boolean(),
    isMac: fc.boolean(),
  });
  fc.assert(
    fc.property(kept, press, (bound, { chord, ordersOn, isMac, ...about }) => {
      const bindings = resolveBindings(COMMANDS, bound as KeptBindings, isMac);
      const told = judgePress(pressOfKeys(chord, about), { bindings, ordersOn, isMac });
      const given = [...bindings.chordOf.values()];
      expect(new Set(given).size).toBe(given.length);
      if (told.kind !== 'run') return;
      const one = told.command as { id: string; isOrder?: boolean; isRepeatable?: boolean };
      const holders = COMMANDS.filter(({ id }) => bindings.chordOf.get(id) === bindings.chordOf.get(one.id));
      expect(holders.map(({ id }) => id)).toEqual([one.id]);
      if (one.isOrder)
        expect([ordersOn, about.isTyping, about.isRepeat, about.isComposing]).toEqual([
          true,
          false,
          false,
          false,
        ]);
    }),
    { seed: 11, numRuns: 2_000 },
  );
});
