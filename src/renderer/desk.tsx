import { BookPanel } from './panels/book/book-panel.tsx';
import { ChartPanel } from './panels/chart/chart-panel.tsx';
import { EngineBanner } from './panels/engine-banner.tsx';
import { LogPanel } from './panels/log/log-panel.tsx';
import { NoticeList } from './panels/notices.tsx';
import { StatusBar } from './panels/status-bar/status-bar.tsx';
import { TapePanel } from './panels/tape/tape-panel.tsx';
import { TopBar } from './panels/top-bar/top-bar.tsx';
import { Watchlist } from './panels/watchlist/watchlist.tsx';
import type { Desk } from './stores/desk.ts';
import { DeskProvider } from './ui/desk-context.ts';

/** The whole visible desk. */
export function DeskScreen({ desk }: { readonly desk: Desk }) {
  return (
    <DeskProvider value={desk}>
      <div className="desk" data-testid="desk">
        <TopBar />
        <EngineBanner />
        <main className="contents">
          <Watchlist />
          <ChartPanel />
          <BookPanel />
          <LogPanel />
          <TapePanel />
        </main>
        <StatusBar />
        <NoticeList />
      </div>
    </DeskProvider>
  );
}
