import type { Command } from './command.ts';
import { currentPage } from './layer.ts';
import { callAct } from './offers.ts';

export const ALERT_COMMANDS: readonly Command[] = [
  {
    id: 'alert.new',
    titleKey: 'command.alert.new',
    group: 'alert',
    keywords: 'price notification alarm 알림 가격 알람',
    chord: 'Alt+KeyA',
    run: (desk) => {
      if (callAct('new-alert', currentPage())) return;
      desk.view.show('desk');
      desk.workspace.open('alerts');
    },
  },
];
