import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.tsx';
import { Pending } from '../ui/pending.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

const load = async () =>
  (await import('./trading-settings/trading-settings-dialog.tsx')).TradingSettingsDialog;

/** Limits and how orders are given: the code comes when it is first wanted. */
export function TradingSettingsDoor({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { part: Shown, error, retry } = useLoaded(load);
  if (Shown !== undefined) return <Shown onClose={onClose} />;
  return (
    <Dialog title={t('limits.heading')} testId="trading-settings-loading" onClose={onClose}>
      <Pending error={error} waiting={t('view.loading')} onRetry={retry} />
    </Dialog>
  );
}
