import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { LiveText } from '../../ui/live-text.tsx';
import { Panel } from '../../ui/panel.tsx';
import { StandingMark } from '../../ui/standing-mark.tsx';
import { ChartBody } from './chart-body.tsx';
import { usePanelHome } from './chart-home.ts';
import { readCountdown } from './chart-legend.ts';
import { DayFigures } from './day-figures.tsx';
import { IntervalSwitch } from './interval-switch.tsx';
import { LinesSwitch } from './lines-switch.tsx';

export function ChartPanel() {
  const { t } = useTranslation();
  const desk = useDesk();
  const home = usePanelHome();
  const selected = useStore(desk.focus.store, (state) => state.instrument);
  const venue = desk.app.venues.find((one) => one.id === venueOf(selected))?.name ?? venueOf(selected);
  return (
    <Panel
      name="chart"
      title={t('chart.title')}
      head={
        <>
          <strong className="chart-instrument" data-testid="chart-instrument">
            {instrumentName(selected)}
          </strong>
          <span className="chart-venue text-dim truncate">{venue}</span>
          <StandingMark instrument={selected} />
          <IntervalSwitch />
          <LinesSwitch />
          <LiveText
            className="text-dim"
            testId="chart-countdown"
            read={() => readCountdown(desk)}
            wake={[desk.pulse]}
          />
          <DayFigures />
        </>
      }
    >
      <ChartBody home={home} />
    </Panel>
  );
}
