import type { InstrumentId } from '#shared/domain/instrument.ts';
import { toggleInList } from '../panels/watchlist/change-lists.ts';
import type { Desk } from '../stores/desk.ts';
import { FIRST_GROUP } from '../stores/watch-groups.ts';
import type { Command } from './command.ts';

/** So many rows further in the watchlist, round its ends; the first where the shown one is not in it. */
function stepInList(
  list: readonly InstrumentId[],
  shown: InstrumentId,
  step: 1 | -1,
): InstrumentId | undefined {
  const at = list.indexOf(shown);
  if (at < 0) return step > 0 ? list[0] : list.at(-1);
  return list[(at + step + list.length) % list.length];
}

function step(desk: Desk, by: 1 | -1): void {
  const { watchlist, selected } = desk.settings.store.getState();
  const next = stepInList(watchlist, selected, by);
  if (next !== undefined) desk.settings.change({ selected: next });
}

const emptyList = ({ settings }: Desk) =>
  settings.store.getState().watchlist.length === 0 ? ('barredcommand.empty-watchlist' as const) : undefined;

/** Puts it on the first watchlist or takes it off; where all lists are full that is said. */
export function toggleWatched(desk: Desk, id: InstrumentId): void {
  toggleInList(desk, FIRST_GROUP, id);
}

export const MARKET_COMMANDS: readonly Command[] = [
  {
    id: 'market.next',
    titleKey: 'command.market.next',
    group: 'market',
    keywords: 'watchlist down 관심 아래',
    chord: 'Alt+ArrowDown',
    isRepeatable: true,
    barred: emptyList,
    run: (desk) => step(desk, 1),
  },
  {
    id: 'market.previous',
    titleKey: 'command.market.previous',
    group: 'market',
    keywords: 'watchlist up 관심 위',
    chord: 'Alt+ArrowUp',
    isRepeatable: true,
    barred: emptyList,
    run: (desk) => step(desk, -1),
  },
  {
    id: 'market.watch',
    titleKey: 'command.market.watch',
    group: 'market',
    keywords: 'watchlist favourite star add remove 관심 추가 제거 즐겨찾기',
    chord: 'Alt+KeyW',
    run: (desk) => toggleWatched(desk, desk.settings.store.getState().selected),
  },
];
