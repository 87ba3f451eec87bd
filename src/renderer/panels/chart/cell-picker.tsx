import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { LINK_COLOURS } from '#shared/domain/link-colour.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Menu } from '../../ui/menu.tsx';
import type { CellState } from './chart-grid.ts';
import { useIntervals } from './interval-switch.tsx';

interface CellPickerProps {
  readonly cell: CellState;
  readonly onChange: (change: Partial<CellState>) => void;
}

/** What one chart of a grid shows: a colour's instrument or one of the watchlist, and its interval. */
export function CellPicker({ cell, onChange }: CellPickerProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const intervals = useIntervals();
  const { interval, instrument } = useStore(desk.focus.store);
  return (
    <>
      <Menu
        button={cell.link === 'none' ? '○' : <span className={`ink link-${cell.link}`} />}
        buttonClass="interval"
        label={t('grid.source')}
        testId="cell-source"
        items={() => [
          ...LINK_COLOURS.map((link) => ({
            id: link,
            label: t(`gridlink.${link}`),
            checked: cell.link === link,
            onSelect: () => onChange({ link }),
          })),
          'separator',
          ...[...new Set([instrument, ...desk.settings.store.getState().watchlist])].map((one) => ({
            id: one,
            label: instrumentName(one),
            hint: venueOf(one),
            checked: cell.link === 'none' && one === instrument,
            onSelect: () => onChange({ link: 'none', instrument: one }),
          })),
        ]}
      />
      <Menu
        button={interval}
        buttonClass="interval"
        label={t('interval.title')}
        testId="cell-interval"
        items={() =>
          intervals.map((one) => ({
            id: one,
            label: t(`interval.${one}`),
            hint: one,
            checked: one === interval,
            onSelect: () => desk.focus.chooseInterval(one),
          }))
        }
      />
    </>
  );
}
