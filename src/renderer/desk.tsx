import { useStore } from 'zustand';
import { AlarmToasts } from './panels/alarm-toasts.tsx';
import { BookPanel } from './panels/book/book-panel.tsx';
import { ChartPanel } from './panels/chart/chart-panel.tsx';
import { EngineBanner } from './panels/engine-banner.tsx';
import { FlightDoor } from './panels/flight-door.tsx';
import { LogPanel } from './panels/log/log-panel.tsx';
import { NoticeList } from './panels/notices.tsx';
import { StatusBar } from './panels/status-bar/status-bar.tsx';
import { TapePanel } from './panels/tape/tape-panel.tsx';
import { TopBar } from './panels/top-bar/top-bar.tsx';
import { SweepList } from './panels/trading/bar/sweep-list.tsx';
import { TradingBanners } from './panels/trading/bar/trading-banners.tsx';
import { UnknownBoard } from './panels/trading/board/unknown-board.tsx';
import { TicketPanel } from './panels/trading/ticket/ticket-panel.tsx';
import { ViewDoor } from './panels/view-door.tsx';
import { Watchlist } from './panels/watchlist/watchlist.tsx';
import type { Desk } from './stores/desk.ts';
import { DeskProvider, useDesk } from './ui/desk-context.ts';

/** The whole visible desk. */
export function DeskScreen({ desk }: { readonly desk: Desk }) {
  return (
    <DeskProvider value={desk}>
      <Screen />
    </DeskProvider>
  );
}

function Screen() {
  const { trading, view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  const side = useStore(trading.shown, (state) => state.side);
  return (
    <div className="desk" data-testid="desk" data-view={shown} data-side={side}>
      <TopBar />
      <div className="banners">
        <EngineBanner />
        <TradingBanners />
      </div>
      <main className="contents">
        {shown !== 'desk' ? (
          <ViewDoor key={shown} view={shown} />
        ) : (
          <>
            <Watchlist />
            <ChartPanel />
            <BookPanel />
            <LogPanel />
            <TapePanel />
            <TicketPanel />
          </>
        )}
      </main>
      <StatusBar />
      <div className="trading-over">
        <UnknownBoard />
        <SweepList />
      </div>
      <FlightDoor />
      <NoticeList />
      <AlarmToasts />
    </div>
  );
}
