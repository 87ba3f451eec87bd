import { asError } from '../stores/as-error.ts';
import type { Desk } from '../stores/desk.ts';
import type { View } from '../stores/view.ts';
import type { Command } from './command.ts';
import { currentPage } from './layer.ts';
import { type ActName, callAct } from './offers.ts';

/** Says in the corner what did not work. */
function ask(desk: Desk, task: Promise<unknown>): void {
  task.catch((fault: unknown) => desk.notices.show(asError(fault)));
}

/** Shows the view that has it, and opens it there. */
function inView(view: View, act: ActName): (desk: Desk) => void {
  return (desk) => {
    desk.view.show(view);
    callAct(act, currentPage());
  };
}

export const CONNECTION_COMMANDS: readonly Command[] = [
  {
    id: 'connection.reconnect',
    titleKey: 'command.connection.reconnect',
    group: 'connection',
    keywords: 'venue exchange restart retry 거래소 재연결 다시',
    choices: (desk) =>
      desk.app.venues.map(({ id, name }) => ({
        id,
        title: name,
        run: () => ask(desk, desk.client.request('connections.reconnect', { venue: id })),
      })),
  },
  {
    id: 'connection.pause',
    titleKey: 'command.connection.pause',
    group: 'connection',
    keywords: 'venue exchange stop disconnect resume continue 거래소 중지 끊기 재개',
    choices: (desk) => {
      const { pausedVenues } = desk.settings.store.getState();
      return desk.app.venues.map(({ id, name }) => {
        const isPaused = pausedVenues.includes(id);
        return {
          id,
          title: name,
          isCurrent: isPaused,
          run: () => {
            const next = isPaused ? pausedVenues.filter((one) => one !== id) : [...pausedVenues, id];
            ask(
              desk,
              desk.client
                .request('connections.pause', { venue: id, paused: !isPaused })
                .then(() => desk.settings.store.setState({ pausedVenues: next })),
            );
          },
        };
      });
    },
  },
  {
    id: 'connection.drill',
    titleKey: 'command.connection.drill',
    group: 'connection',
    keywords: 'chaos test simulator 훈련 시험',
    run: inView('connections', 'drill'),
  },
  {
    id: 'connection.evidence',
    titleKey: 'command.connection.evidence',
    group: 'connection',
    keywords: 'export outage incident zip 장애 내보내기 증거',
    run: inView('connections', 'evidence'),
  },
  {
    id: 'connection.recording',
    titleKey: 'command.connection.recording',
    group: 'connection',
    keywords: 'record raw frames replay 녹화 기록',
    run: (desk) => desk.view.show('venues'),
  },
];
