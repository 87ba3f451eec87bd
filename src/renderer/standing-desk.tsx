import type { ReactNode } from 'react';
import { systemClock } from '#shared/base/system-clock.ts';
import type { WatchName } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { callOut } from './call-out.ts';
import { callOutAlerts } from './call-out-alerts.ts';
import { DeskScreen } from './desk.tsx';
import { wearSettings } from './look.ts';
import { fetchViews } from './panels/view-door.tsx';
import { reportFaults } from './report-faults.ts';
import { createDesk, type DeskBeginning } from './stores/desk.ts';
import { tellSettingsTrouble } from './stores/settings-trouble.ts';
import { createView } from './stores/view.ts';
import { measureArrivals, reportPaintTimes } from './ui/paint-times.ts';
import { keepPartKeys } from './ui/part-keys.ts';
import { keepTitle } from './window-title.ts';
import { keepPopouts } from './workspace/popout-windows.ts';

/** The desk has its first prices by then; what may be wanted next can come. */
const FETCH_AHEAD_MS = 4_000;
/** Watches that painters show on the desk. */
const PAINTED: ReadonlySet<WatchName> = new Set(['tickers', 'book', 'trades']);

/** The desk with everything that goes on outside its panels. For one page, once. */
export function standDesk(client: ContractClient, beginning: DeskBeginning): ReactNode {
  const view = createView();
  const measured = measureArrivals(client, (name) =>
    view.store.getState().shown === 'desk' ? PAINTED.has(name) : name === 'metrics',
  );
  const desk = createDesk(measured, systemClock, beginning, view);
  wearSettings(desk);
  keepTitle(desk);
  keepPopouts(desk);
  keepPartKeys(document);
  reportFaults(desk.notices);
  tellSettingsTrouble(desk);
  callOut(desk);
  callOutAlerts(desk);
  reportPaintTimes(measured, systemClock);
  systemClock.after(FETCH_AHEAD_MS, fetchViews);
  return <DeskScreen desk={desk} />;
}
