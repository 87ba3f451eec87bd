import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { venueOf } from '#shared/domain/instrument.ts';
import { INTERVALS, type Interval } from '#shared/domain/interval.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Popover } from '../../ui/popover.tsx';

const SHOWN: readonly Interval[] = ['1m', '3m', '5m', '15m', '30m', '1h', '4h', '1d'];

/** Intervals the shown instrument's venue has. */
export function useIntervals(): readonly Interval[] {
  const { app, focus } = useDesk();
  const venue = useStore(focus.store, (state) => venueOf(state.instrument));
  const known = app.venues.find((one) => one.id === venue)?.intervals;
  return known ? INTERVALS.filter((interval) => known.includes(interval)) : INTERVALS;
}

export function IntervalSwitch() {
  const { t } = useTranslation();
  const { focus } = useDesk();
  const current = useStore(focus.store, (state) => state.interval);
  const available = useIntervals();
  const hidden = available.filter((interval) => !SHOWN.includes(interval));
  const choose = focus.chooseInterval;
  return (
    <div
      className="interval-switch"
      role="group"
      aria-label={t('interval.title')}
      data-testid="interval-switch"
    >
      {SHOWN.filter((interval) => available.includes(interval)).map((interval) => (
        <IntervalButton key={interval} interval={interval} current={current} onChoose={choose} />
      ))}
      {/* All of them: a narrow head leaves away more than the rare ones. */}
      <Popover
        button={hidden.includes(current) ? current : '⋯'}
        buttonClass={hidden.includes(current) ? 'interval interval-current' : 'interval'}
        buttonLabel={t('interval.more')}
        label={t('interval.more')}
        testId="interval-more"
      >
        {(close) => (
          <div className="interval-menu">
            {available.map((interval) => (
              <IntervalButton
                key={interval}
                interval={interval}
                current={current}
                onChoose={(chosen) => {
                  choose(chosen);
                  close();
                }}
              />
            ))}
            <p className="text-dim">{t('interval.hint')}</p>
          </div>
        )}
      </Popover>
    </div>
  );
}

interface IntervalButtonProps {
  readonly interval: Interval;
  readonly current: Interval;
  readonly onChoose: (interval: Interval) => void;
}

function IntervalButton({ interval, current, onChoose }: IntervalButtonProps) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={interval === current ? 'interval interval-current' : 'interval'}
      aria-pressed={interval === current}
      data-interval={interval}
      title={t(`interval.${interval}`)}
      onClick={() => onChoose(interval)}
    >
      {interval}
    </button>
  );
}
