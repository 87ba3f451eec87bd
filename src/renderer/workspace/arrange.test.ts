import { describe, expect, it } from 'vitest';
import { arrangementSchema } from '#shared/contract/layout-api.ts';
import { arrange, kindOfId } from './arrange.ts';
import { PANEL_KINDS, PANELS } from './panel-list.ts';
import { compactArrangement, PRESETS, presetArrangement } from './presets.ts';
import { safeDock } from './safe-dock.ts';

interface Node {
  readonly type: 'branch' | 'leaf';
  readonly data: unknown;
  readonly size: number;
}

/** Every frame's width and height, as the dock will read the sizes. */
function frames(
  node: Node,
  isRow: boolean,
  width: number,
  height: number,
): readonly (readonly [string[], number, number])[] {
  if (node.type === 'leaf') return [[(node.data as { views: string[] }).views, width, height]];
  return (node.data as Node[]).flatMap((part) =>
    frames(part, !isRow, isRow ? part.size : width, isRow ? height : part.size),
  );
}

function framesOf(arrangement: ReturnType<typeof arrange>) {
  const { root, orientation, width, height } = arrangement.dock['grid'] as unknown as {
    root: Node;
    orientation: string;
    width: number;
    height: number;
  };
  return frames(root, orientation === 'HORIZONTAL', width, height);
}

describe('an arrangement', () => {
  it('divides the whole window among its places, by their shares', () => {
    const made = arrange({
      share: 1,
      row: [
        { share: 1, tabs: ['watchlist', 'scanner'] },
        {
          share: 3,
          column: [
            { share: 3, tabs: ['chart'] },
            { share: 1, tabs: [{ kind: 'chart', params: { link: 'amber' } }] },
          ],
        },
      ],
    });
    expect(framesOf(made)).toEqual([
      [['watchlist-1', 'scanner-1'], 400, 940],
      [['chart-1'], 1_200, 705],
      [['chart-2'], 1_200, 235],
    ]);
    expect((made.dock['panels'] as Record<string, { params: unknown }>)['chart-2']?.params).toEqual({
      kind: 'chart',
      link: 'amber',
    });
  });

  it.each([
    ...PRESETS.map((preset) => [preset, presetArrangement(preset, 1_600)] as const),
    ['trade, narrow', presetArrangement('trade', 1_100)] as const,
    ['one column', compactArrangement] as const,
  ])('%s is one the engine keeps and the dock takes, each single panel once', (_, arrangement) => {
    const ids = Object.keys(arrangement.dock['panels'] as object);
    const single = ids.filter((id) => PANELS[kindOfId(id) ?? 'chart'].isSingle);
    expect(arrangementSchema.safeParse(JSON.parse(JSON.stringify(arrangement))).success).toBe(true);
    expect(Object.keys(safeDock(arrangement.dock)['panels'] as object)).toEqual(ids);
    expect(single.every((id) => id.endsWith('-1'))).toBe(true);
    expect(
      framesOf(arrangement)
        .flatMap(([views]) => views)
        .toSorted(),
    ).toEqual(ids.toSorted());
  });

  it('lets the trading preset give each panel its least room in a window of 1,280 px', () => {
    const tight = framesOf(presetArrangement('trade', 1_280)).filter(([views, width]) =>
      views.some((id) => (width * 1_280) / 1_600 < PANELS[kindOfId(id) ?? 'chart'].least.width - 60),
    );
    expect(tight).toEqual([]);
  });
});

describe('what a file says of a dock', () => {
  const dock = presetArrangement('trade', 1_600).dock;

  it('opens windows at our own address, whatever it names, and draws our own panels alone', () => {
    const safe = safeDock({
      ...dock,
      popoutGroups: [{ url: 'https://elsewhere.example/', data: {} }, 7],
      panels: {
        'chart-1': { id: 'x', contentComponent: 'evil', tabComponent: 'evil', params: { kind: 'log' } },
      },
    });
    expect({ popouts: safe['popoutGroups'], panels: safe['panels'] }).toEqual({
      popouts: [{ url: '/popout.html', data: {} }],
      panels: {
        'chart-1': {
          id: 'chart-1',
          contentComponent: 'panel',
          minimumWidth: 260,
          minimumHeight: 160,
          params: { kind: 'chart' },
        },
      },
    });
  });

  it.each([
    ['no grid', { panels: dock['panels'] }],
    ['no panels', { grid: dock['grid'], panels: {} }],
    ['an unknown panel', { grid: dock['grid'], panels: { '__proto__-1': {}, 'nothing-1': {} } }],
    ['a panel that is no object', { grid: dock['grid'], panels: { 'chart-1': null } }],
    [
      'more panels than anyone has',
      {
        grid: dock['grid'],
        panels: Object.fromEntries(Array.from({ length: 81 }, (_, at) => [`chart-${at}`, {}])),
      },
    ],
  ])('is refused with %s', (_, broken) => {
    expect(() => safeDock(broken as never)).toThrow(expect.objectContaining({ code: 'layout.unusable' }));
  });
});

it('knows a panel by its id, and nothing else', () => {
  expect([kindOfId('chart-12'), kindOfId('chart'), kindOfId('constructor-1'), kindOfId('')]).toEqual([
    'chart',
    undefined,
    undefined,
    undefined,
  ]);
  expect(PANEL_KINDS.map((kind) => kindOfId(`${kind}-1`))).toEqual([...PANEL_KINDS]);
});
