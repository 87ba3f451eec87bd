import type { Command } from './command.ts';
import { currentPage, showLayer } from './layer.ts';
import { callAct, isOffered } from './offers.ts';

/** Searches in the field where it stands, else in the palette. */
export function openSearch(): void {
  const page = currentPage();
  if (page === document && isOffered('search')) callAct('search', page);
  else showLayer({ kind: 'palette', page: undefined, only: 'instruments' });
}

export const GENERAL_COMMANDS: readonly Command[] = [
  {
    id: 'general.palette',
    titleKey: 'command.general.palette',
    group: 'general',
    chord: 'Mod+KeyK',
    run: () => showLayer({ kind: 'palette', page: undefined, only: 'all' }),
  },
  {
    id: 'general.search',
    titleKey: 'command.general.search',
    group: 'general',
    keywords: 'find coin symbol ticker 찾기 종목 코인',
    chord: 'Slash',
    run: openSearch,
  },
  {
    id: 'general.keys',
    titleKey: 'command.general.keys',
    group: 'general',
    keywords: 'shortcuts hotkeys help cheat sheet 단축키 도움말',
    chord: 'Shift+Slash',
    run: () => showLayer({ kind: 'cheat-sheet' }),
  },
  {
    id: 'general.tour',
    titleKey: 'command.general.tour',
    group: 'general',
    keywords: 'help introduction guide 도움말 안내 둘러보기',
    barred: () => (isOffered('tour') ? undefined : 'barredcommand.absent'),
    run: () => {
      callAct('tour', currentPage());
    },
  },
];
