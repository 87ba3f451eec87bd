import { ALERT_COMMANDS } from './alert-commands.ts';
import { CHART_COMMANDS } from './chart-group.ts';
import type { Command } from './command.ts';
import { CONNECTION_COMMANDS } from './connection-commands.ts';
import { GENERAL_COMMANDS } from './general-commands.ts';
import { LOOK_COMMANDS } from './look-commands.ts';
import { MARKET_COMMANDS } from './market-commands.ts';
import { ORDER_COMMANDS } from './order-commands.ts';
import { LAYOUT_COMMANDS, PANEL_COMMANDS } from './panel-commands.ts';
import { VIEW_COMMANDS } from './view-commands.ts';

/** Everything the desk can be asked to do by name or by keys. */
export const COMMANDS: readonly Command[] = [
  ...GENERAL_COMMANDS,
  ...VIEW_COMMANDS,
  ...PANEL_COMMANDS,
  ...LAYOUT_COMMANDS,
  ...MARKET_COMMANDS,
  ...CHART_COMMANDS,
  ...ALERT_COMMANDS,
  ...CONNECTION_COMMANDS,
  ...LOOK_COMMANDS,
  ...ORDER_COMMANDS,
];
