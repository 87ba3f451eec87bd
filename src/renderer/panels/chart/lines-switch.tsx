import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../ui/desk-context.ts';

/** Positions and orders on the chart, on or off; there once an account is. */
export function LinesSwitch() {
  const { t } = useTranslation();
  const { holdings, holdingsChoice } = useDesk();
  const hasAccounts = useStore(holdings.accounts.store, ({ view }) => (view?.accounts.length ?? 0) > 0);
  const isOn = useStore(holdingsChoice, (state) => state.drawsLines);
  if (!hasAccounts) return null;
  return (
    <button
      type="button"
      className={isOn ? 'interval interval-current' : 'interval'}
      aria-pressed={isOn}
      title={t('chart.lines-explained')}
      data-testid="chart-lines"
      onClick={() => holdingsChoice.setState({ drawsLines: !isOn })}
    >
      {t('chart.lines')}
    </button>
  );
}
