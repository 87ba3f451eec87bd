import { expect, it } from 'vitest';
import { chordLabel } from './key-label.ts';

const none: ReadonlyMap<string, string> = new Map();

it('names keys as the platform writes them', () => {
  const chords = ['Mod+Shift+KeyK', 'Alt+Digit1', 'Shift+Slash', 'NumpadAdd', 'Alt+ArrowDown', 'F2'];
  expect([
    chords.map((chord) => chordLabel(chord, false, none)),
    chords.map((chord) => chordLabel(chord, true, none)),
  ]).toEqual([
    ['Ctrl+Shift+K', 'Alt+1', 'Shift+/', 'Num +', 'Alt+↓', 'F2'],
    ['⇧⌘K', '⌥1', '⇧/', 'Num +', '⌥↓', 'F2'],
  ]);
});

it('names keys as they are printed, and on a Korean keyboard by the Latin letter beside the Hangul one', () => {
  const french = new Map([
    ['KeyQ', 'a'],
    ['Semicolon', 'm'],
    ['Digit1', '&'],
  ]);
  const korean = new Map([['KeyQ', 'ㅂ']]);
  expect([
    chordLabel('Alt+KeyQ', false, french),
    chordLabel('Alt+Semicolon', false, french),
    chordLabel('Alt+KeyQ', false, korean),
  ]).toEqual(['Alt+A', 'Alt+M', 'Alt+Q']);
});
