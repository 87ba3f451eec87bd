import { useStore } from 'zustand';
import { AlarmToasts } from './panels/alarm-toasts.tsx';
import { CommandLayer } from './panels/commands/command-layer.tsx';
import { EngineBanner } from './panels/engine-banner.tsx';
import { FlightDoor } from './panels/flight-door.tsx';
import { NoticeList } from './panels/notices.tsx';
import { StatusBar } from './panels/status-bar/status-bar.tsx';
import { TopBar } from './panels/top-bar/top-bar.tsx';
import { SweepList } from './panels/trading/bar/sweep-list.tsx';
import { TradingBanners } from './panels/trading/bar/trading-banners.tsx';
import { UnknownBoard } from './panels/trading/board/unknown-board.tsx';
import { ViewDoor } from './panels/view-door.tsx';
import { GuideDoor } from './panels/welcome/guide-door.tsx';
import { WelcomeStrip } from './panels/welcome/welcome-strip.tsx';
import type { Desk } from './stores/desk.ts';
import { DeskProvider, useDesk } from './ui/desk-context.ts';
import { WorkspaceView } from './workspace/workspace-view.tsx';

/** The whole visible desk. */
export function DeskScreen({ desk }: { readonly desk: Desk }) {
  return (
    <DeskProvider value={desk}>
      <Screen />
    </DeskProvider>
  );
}

function Screen() {
  const { view } = useDesk();
  const shown = useStore(view.store, (state) => state.shown);
  return (
    <div className="desk" data-testid="desk" data-view={shown}>
      <TopBar />
      <div className="banners">
        <EngineBanner />
        <TradingBanners />
        <WelcomeStrip />
      </div>
      <main className="contents">
        <WorkspaceView isHidden={shown !== 'desk'} />
        {shown !== 'desk' && <ViewDoor key={shown} view={shown} />}
      </main>
      <StatusBar />
      <div className="trading-over">
        <UnknownBoard />
        <SweepList />
      </div>
      <FlightDoor />
      <NoticeList />
      <AlarmToasts />
      <CommandLayer />
      <GuideDoor />
    </div>
  );
}
