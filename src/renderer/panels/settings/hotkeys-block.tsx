import { useTranslation } from 'react-i18next';
import { Pending } from '../../ui/pending.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';

const load = async () => (await import('../commands/hotkey-settings.tsx')).HotkeySettings;

/** Keys of commands: their code comes when this part is shown. */
export function HotkeysBlock() {
  const { t } = useTranslation();
  const { part: Shown, error, retry } = useLoaded(load);
  if (Shown !== undefined) return <Shown />;
  return <Pending error={error} waiting={t('view.loading')} onRetry={retry} />;
}
