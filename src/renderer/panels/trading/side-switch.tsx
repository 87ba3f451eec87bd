import { useTranslation } from 'react-i18next';
import { useDesk } from '../../ui/desk-context.ts';

/** In a window too narrow for both, book and ticket share a place: this button is in the head of each. */
export function SideSwitch({ to }: { readonly to: 'book' | 'ticket' }) {
  const { t } = useTranslation();
  const { trading } = useDesk();
  return (
    <button
      type="button"
      className="button side-switch head-button"
      data-testid={`side-${to}`}
      onClick={() => trading.shown.setState({ side: to })}
    >
      {to === 'book' ? t('ticket.to-book') : t('ticket.to-ticket')}
    </button>
  );
}
