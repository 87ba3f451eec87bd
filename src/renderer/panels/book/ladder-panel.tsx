import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../ui/panel.tsx';
import { Pending } from '../../ui/pending.tsx';
import { useLoaded } from '../../ui/use-loaded.ts';
import { usePanel } from '../../workspace/panel-context.ts';
import { BookGlyph } from './book-panel.tsx';

const loadLadder = async (): Promise<ComponentType> => (await import('../ladder/ladder-body.tsx')).LadderBody;

/** The book by price, of the instrument orders are written for. Its code comes when it is first wanted. */
export function LadderPanel() {
  const { t } = useTranslation();
  // Behind another tab it keeps no permission ready and asks for no deep book.
  const isShown = usePanel()?.isVisible ?? true;
  const { part: Shown, error, retry } = useLoaded(loadLadder);
  return (
    <Panel
      name="ladder"
      title={t('ladder.title')}
      head={
        <span className="head-health">
          <BookGlyph />
        </span>
      }
    >
      <div className="book-body">
        {Shown ? isShown && <Shown /> : <Pending error={error} waiting={t('view.loading')} onRetry={retry} />}
      </div>
    </Panel>
  );
}
