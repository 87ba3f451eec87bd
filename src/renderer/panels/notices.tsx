import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorText } from '../i18n/text-for.ts';
import { useDesk } from '../ui/desk-context.ts';
import { useStepAside } from '../ui/use-step-aside.ts';

/** What the person asked for and did not get, said for a while in the corner. */
export function NoticeList() {
  const { t } = useTranslation();
  const { notices } = useDesk();
  const shown = useStore(notices.store, (state) => state.notices);
  const corner = useRef<HTMLDivElement>(null);
  useStepAside(corner);
  return (
    <div ref={corner} className="notices" role="status">
      {shown.map(({ id, error }) => (
        <div key={id} className="notice" data-testid="notice">
          <p>{errorText(error)}</p>
          <button
            type="button"
            className="button"
            aria-label={t('notice.dismiss')}
            onClick={() => notices.dismiss(id)}
          >
            ×
          </button>
        </div>
      ))}
    </div>
  );
}
