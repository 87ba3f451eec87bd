import { describe, expect, it } from 'vitest';
import { rebind, resolveBindings, unbind } from './bindings.ts';
import { parseChord } from './chord.ts';
import { COMMANDS } from './commands.ts';
import { reservedFor } from './reserved-chord.ts';

const commands = [
  { id: 'a', chord: 'Alt+KeyA' },
  { id: 'b', chord: 'Alt+KeyB' },
  { id: 'c' },
  { id: 'buy', chord: 'Alt+KeyX', isOrder: true },
];
const resolved = (kept: Record<string, string | null>, isMac = false) => {
  const { chordOf, problems } = resolveBindings(commands, kept, isMac);
  return { keys: Object.fromEntries(chordOf), problems };
};

describe('the commands of the desk', () => {
  it('have each an id and at most one default, which nobody else has and the browser leaves alone', () => {
    const ids = COMMANDS.map(({ id }) => id);
    const platforms = [false, true].map((isMac) => ({
      problems: resolveBindings(COMMANDS, {}, isMac).problems,
      reserved: COMMANDS.flatMap(({ id, chord }) => {
        if (chord === undefined) return [];
        const parts = parseChord(chord, isMac);
        const why = parts === undefined ? 'no chord' : reservedFor(parts, isMac);
        return why === undefined ? [] : [`${id}: ${why}`];
      }),
    }));
    const fine = { problems: [], reserved: [] };
    expect({ doubled: ids.filter((id, at) => ids.indexOf(id) !== at), platforms }).toEqual({
      doubled: [],
      platforms: [fine, fine],
    });
  });

  it('that move money are all marked so', () => {
    expect(COMMANDS.filter(({ isOrder }) => isOrder).map(({ id }) => id)).toEqual([
      'order.buy',
      'order.sell',
      'order.join-bid',
      'order.join-ask',
      'order.cancel-instrument',
      'order.close',
      'order.flatten',
    ]);
  });

  it('that may be held down move nothing', () => {
    expect(COMMANDS.filter(({ isRepeatable, isOrder }) => isRepeatable && isOrder)).toEqual([]);
  });
});

describe('kept keys', () => {
  it('go before defaults, and `null` takes them away', () => {
    expect(resolved({ a: 'F2', b: null, c: 'Shift+Mod+KeyP' })).toEqual({
      keys: { a: 'F2', c: 'Mod+Shift+KeyP', buy: 'Alt+KeyX' },
      problems: [],
    });
  });

  it('that are broken, reserved or of a command nobody knows are ignored with a word', () => {
    expect(resolved({ a: 'Alt+Blubb', b: 'Mod+KeyW', gone: 'F3', c: 'KeyQ' })).toEqual({
      keys: { a: 'Alt+KeyA', b: 'Alt+KeyB', buy: 'Alt+KeyX' },
      problems: [
        { kind: 'unknown', id: 'gone' },
        { kind: 'broken', id: 'a', text: 'Alt+Blubb' },
        { kind: 'reserved', id: 'b', chord: 'Mod+KeyW', why: 'browser' },
        { kind: 'reserved', id: 'c', chord: 'KeyQ', why: 'search' },
      ],
    });
  });

  it('that two commands claim go to the first, and never to an order where another wants them', () => {
    expect([resolved({ c: 'F2', b: 'F2' }), resolved({ buy: 'F4', c: 'F4' })]).toEqual([
      {
        keys: { b: 'F2', a: 'Alt+KeyA', buy: 'Alt+KeyX' },
        problems: [{ kind: 'taken', id: 'c', chord: 'F2', by: 'b' }],
      },
      {
        keys: { c: 'F4', a: 'Alt+KeyA', b: 'Alt+KeyB' },
        problems: [{ kind: 'taken', id: 'buy', chord: 'F4', by: 'c' }],
      },
    ]);
  });

  it('hold only what differs from the defaults: back on its default a command is not in them', () => {
    const first = rebind(commands, {}, { id: 'a', chord: 'F2' }, false);
    expect([
      first,
      rebind(commands, first, { id: 'a', chord: 'Alt+KeyA' }, false),
      unbind(first, 'a'),
    ]).toEqual([{ a: 'F2' }, {}, {}]);
  });

  it('that move take the chord from whoever had it', () => {
    const moved = rebind(commands, {}, { id: 'c', chord: 'Alt+KeyA' }, false);
    expect([moved, resolved(moved)]).toEqual([
      { a: null, c: 'Alt+KeyA' },
      { keys: { c: 'Alt+KeyA', b: 'Alt+KeyB', buy: 'Alt+KeyX' }, problems: [] },
    ]);
  });
});
