import { useTranslation } from 'react-i18next';
import type { VenueId } from '#shared/domain/instrument.ts';
import { usePaper } from './use-paper.ts';

export function AddPaper({ venue }: { readonly venue: VenueId }) {
  const { t } = useTranslation();
  const { isOffered, busy, add } = usePaper(venue);
  if (!isOffered) return null;
  return (
    <button type="button" className="button" disabled={busy} data-testid="paper-add" onClick={add}>
      {t('ticket.add-paper')}
    </button>
  );
}
