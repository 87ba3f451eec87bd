import i18next from 'i18next';
import { fromScaled, trimDecimal } from '#shared/base/decimal.ts';
import type { OrderSide } from '#shared/domain/order.ts';
import { ladderActs } from '../panels/ladder/ladder-acts.ts';
import { asError } from '../stores/as-error.ts';
import type { Desk } from '../stores/desk.ts';
import type { Command } from './command.ts';
import { currentPage, showLayer } from './layer.ts';
import { callAct } from './offers.ts';
import type { TextKey } from './text-key.ts';

const noAccount = ({ ticket }: Desk): TextKey | undefined =>
  ticket.store.getState().account === undefined ? 'barredcommand.no-account' : undefined;

/** Where the ticket stands, however it was hidden. */
function showTicket(desk: Desk): void {
  desk.view.show('desk');
  desk.workspace.open('ticket');
  callAct('focus-ticket', currentPage());
}

/** The side is chosen and the quantity waits for its figure. Nothing leaves by it. */
function prefill(side: OrderSide): (desk: Desk) => void {
  return (desk) => {
    desk.ticket.change({ side });
    showTicket(desk);
  };
}

/**
 * At the best price of its own side, by the ladder's rule: it stands in the ladder's strip to be confirmed, and leaves at once
 * only where one click places. Without a price that may be believed the ladder says why.
 */
function join(side: OrderSide): (desk: Desk) => void {
  return (desk) => {
    const { view } = desk.book.store.getState();
    const best = (side === 'buy' ? view?.bids : view?.asks)?.[0];
    if (
      view === undefined ||
      best === undefined ||
      view.instrument !== desk.ticket.store.getState().instrument
    ) {
      desk.ladder.refuse({ kind: 'stale', why: i18next.t('barredcommand.no-price') });
      return;
    }
    desk.view.show('desk');
    desk.workspace.open('ladder');
    ladderActs(desk).place(side, trimDecimal(fromScaled(best, view.priceScale)), false);
  };
}

const noPrice = (desk: Desk): TextKey | undefined => {
  const { view } = desk.book.store.getState();
  return noAccount(desk) ?? (view?.state === 'live' ? undefined : 'barredcommand.no-price');
};

function position(desk: Desk) {
  const { instrument, account } = desk.ticket.store.getState();
  const held = [...(desk.holdings.positions.store.getState().view?.values() ?? [])].filter(
    (one) => one.instrument === instrument,
  );
  return held.find((one) => one.account === account?.id) ?? held[0];
}

export const ORDER_COMMANDS: readonly Command[] = [
  {
    id: 'order.ticket',
    titleKey: 'command.order.ticket',
    group: 'order',
    keywords: 'quantity form 주문 수량',
    chord: 'Alt+KeyT',
    run: showTicket,
  },
  {
    id: 'order.buy',
    titleKey: 'command.order.buy',
    group: 'order',
    keywords: 'long ticket bid 롱 주문',
    chord: 'Alt+KeyB',
    isOrder: true,
    barred: noAccount,
    run: prefill('buy'),
  },
  {
    id: 'order.sell',
    titleKey: 'command.order.sell',
    group: 'order',
    keywords: 'short ticket ask 숏 주문',
    chord: 'Alt+KeyS',
    isOrder: true,
    barred: noAccount,
    run: prefill('sell'),
  },
  {
    id: 'order.join-bid',
    titleKey: 'command.order.join-bid',
    group: 'order',
    keywords: 'buy best ladder maker 매수 최우선 호가',
    isOrder: true,
    barred: noPrice,
    run: join('buy'),
  },
  {
    id: 'order.join-ask',
    titleKey: 'command.order.join-ask',
    group: 'order',
    keywords: 'sell best ladder maker 매도 최우선 호가',
    isOrder: true,
    barred: noPrice,
    run: join('sell'),
  },
  {
    id: 'order.cancel-instrument',
    titleKey: 'command.order.cancel-instrument',
    group: 'order',
    keywords: 'cancel all remove 취소 전부 미체결',
    chord: 'Alt+KeyX',
    isOrder: true,
    barred: noAccount,
    // Also with none in sight: a cancel is never held back by what is known here.
    run(desk) {
      const { account, instrument } = desk.ticket.store.getState();
      if (account === undefined) return;
      desk.client
        .request('orders.cancelAll', { account: account.id, instrument })
        .catch((fault: unknown) => desk.notices.show(asError(fault)));
    },
  },
  {
    id: 'order.close',
    titleKey: 'command.order.close',
    group: 'order',
    keywords: 'exit position reduce reverse 청산 포지션 종료',
    chord: 'Alt+KeyC',
    isOrder: true,
    barred: (desk) => (position(desk) === undefined ? 'barredcommand.no-position' : undefined),
    run(desk) {
      const held = position(desk);
      if (held !== undefined) showLayer({ kind: 'close', position: held });
    },
  },
  {
    id: 'order.flatten',
    titleKey: 'command.order.flatten',
    group: 'order',
    keywords: 'close all exit everything 전체 청산 모두',
    chord: 'Alt+Shift+KeyF',
    isOrder: true,
    barred: noAccount,
    run: () => showLayer({ kind: 'flatten' }),
  },
  {
    // Opens the confirmation only, and stops orders instead of giving them: it works whatever the settings say.
    id: 'order.kill',
    titleKey: 'command.order.kill',
    group: 'order',
    keywords: 'emergency stop halt panic 비상 정지 킬 스위치 중단',
    chord: 'Alt+Shift+KeyK',
    isOverDialogs: true,
    run: () => showLayer({ kind: 'kill' }),
  },
];
