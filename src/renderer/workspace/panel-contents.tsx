import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { BookPanel } from '../panels/book/book-panel.tsx';
import { LadderPanel } from '../panels/book/ladder-panel.tsx';
import { ChartPanel } from '../panels/chart/chart-panel.tsx';
import { HoldingsPart } from '../panels/holdings-part.tsx';
import { LogPanel } from '../panels/log/log-panel.tsx';
import { TapePanel } from '../panels/tape/tape-panel.tsx';
import { MinePanel } from '../panels/trading/ticket/mine-panel.tsx';
import { TicketPanel } from '../panels/trading/ticket/ticket-panel.tsx';
import { Watchlist } from '../panels/watchlist/watchlist.tsx';
import { Pending } from '../ui/pending.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import type { PanelKind } from './panel-list.ts';

type Content =
  | { readonly kind: 'here'; readonly Shown: ComponentType }
  /** Its code comes when it is first shown. */
  | { readonly kind: 'fetched'; load(): Promise<ComponentType> };

const here = (Shown: ComponentType): Content => ({ kind: 'here', Shown });
const fetched = (load: () => Promise<ComponentType>): Content => ({ kind: 'fetched', load });
const cockpit = (load: () => Promise<ComponentType>): Content =>
  fetched(async () => {
    const [{ inCockpit }, Part] = await Promise.all([import('../panels/cockpit/in-cockpit.tsx'), load()]);
    return inCockpit(Part);
  });

const CONTENTS: Readonly<Record<PanelKind, Content>> = {
  watchlist: here(Watchlist),
  scanner: fetched(async () => (await import('../panels/scanner/scanner-panel.tsx')).ScannerPanel),
  chart: here(ChartPanel),
  charts: fetched(async () => (await import('../panels/chart/chart-grid-panel.tsx')).ChartGridPanel),
  book: here(BookPanel),
  ladder: here(LadderPanel),
  tape: here(TapePanel),
  ticket: here(TicketPanel),
  mine: here(MinePanel),
  positions: here(() => <HoldingsPart tab="positions" />),
  orders: here(() => <HoldingsPart tab="orders" />),
  fills: here(() => <HoldingsPart tab="fills" />),
  balances: here(() => <HoldingsPart tab="balances" />),
  log: here(LogPanel),
  alerts: fetched(async () => (await import('../panels/alerts/alerts-panel.tsx')).AlertsPanel),
  premium: fetched(async () => (await import('../panels/premium/premium-view.tsx')).PremiumPanel),
  timeline: cockpit(
    async () => (await import('../panels/cockpit/timeline/timeline-panel.tsx')).TimelinePanel,
  ),
  map: cockpit(async () => (await import('../panels/cockpit/map/map-panel.tsx')).MapPanel),
  heat: cockpit(async () => (await import('../panels/cockpit/heat/heat-panel.tsx')).HeatPanel),
  incidents: cockpit(
    async () => (await import('../panels/cockpit/incidents/incidents-panel.tsx')).IncidentsPanel,
  ),
  events: cockpit(async () => (await import('../panels/cockpit/event-log/event-log.tsx')).EventLog),
  plots: cockpit(async () => (await import('../panels/cockpit/plots/plots-panel.tsx')).PlotsPanel),
  limits: cockpit(async () => (await import('../panels/cockpit/limits-panel.tsx')).LimitsPanel),
};

export function PanelContents({ kind }: { readonly kind: PanelKind }) {
  const content = CONTENTS[kind];
  return content.kind === 'here' ? <content.Shown /> : <Fetched load={content.load} />;
}

function Fetched({ load }: { readonly load: () => Promise<ComponentType> }) {
  const { t } = useTranslation();
  const { part: Shown, error, retry } = useLoaded(load);
  return Shown ? <Shown /> : <Pending error={error} waiting={t('view.loading')} onRetry={retry} />;
}
