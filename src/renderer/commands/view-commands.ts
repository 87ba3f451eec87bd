import { VIEWS } from '../stores/view.ts';
import type { Command } from './command.ts';

/** Each view by its place: Alt+1 is the first. */
export const VIEW_COMMANDS: readonly Command[] = VIEWS.map((view, at) => ({
  id: `view.${view}`,
  titleKey: `command.view.${view}`,
  group: 'view',
  keywords: 'go to show view screen page 화면 보기 이동',
  chord: `Alt+Digit${at + 1}`,
  run: (desk) => desk.view.show(view),
}));
