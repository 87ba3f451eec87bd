import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { ArmChip } from './arm-chip.tsx';
import { KillButton } from './kill-button.tsx';

/** Whether real money can leave, what is in the dark, and the kill switch: in view whatever is shown. */
export function TradingBar() {
  const { t } = useTranslation();
  return (
    <div className="trading-bar" role="group" aria-label={t('bar.title')} data-testid="trading-bar">
      <UnknownBadge />
      <ArmChip />
      <KillButton />
    </div>
  );
}

function UnknownBadge() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const count = useStore(trading.watching.store, ({ view }) => view?.unknown.length ?? 0);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="button unknown-badge"
      aria-label={`${count} ${t('board.badge', { count })}`}
      data-testid="unknown-badge"
      onClick={trading.openBoard}
    >
      <HealthGlyph kind="stale" /> {count} <span className="unknown-word">{t('board.badge', { count })}</span>
    </button>
  );
}
