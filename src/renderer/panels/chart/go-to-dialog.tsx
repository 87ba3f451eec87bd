import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '#shared/base/assert-never.ts';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatFull } from '../../ui/format-time.ts';
import type { ChartSession } from './chart-session.ts';
import { fromLocalText } from './drawings/local-time-text.ts';
import { loadBackTo, MOST_CANDLES, type Progress, type WayBack } from './go-to-date.ts';

interface GoToDialogProps {
  readonly session: ChartSession;
  readonly onClose: () => void;
}

/** A date, and the candles back to it. */
export function GoToDialog({ session, onClose }: GoToDialogProps) {
  const { t } = useTranslation();
  const desk = useDesk();
  const [typed, setTyped] = useState('');
  const [progress, setProgress] = useState<Progress>();
  const [said, setSaid] = useState<string>();
  const way = useRef<AbortController>(undefined);
  useEffect(() => () => way.current?.abort(), []);
  const time = fromLocalText(typed);
  const go = async () => {
    if (time === undefined) return;
    way.current?.abort();
    const mine = new AbortController();
    way.current = mine;
    setSaid(undefined);
    const outcome = await loadBackTo(desk.candles, time, setProgress, mine.signal);
    if (way.current !== mine) return;
    way.current = undefined;
    setProgress(undefined);
    const words = wordsOf(outcome);
    setSaid(words);
    if (outcome.kind === 'there' || outcome.kind === 'oldest') session.view?.goTo(time);
    if (words === undefined) onClose();
  };
  const wordsOf = (outcome: WayBack): string | undefined => {
    switch (outcome.kind) {
      case 'there':
        return undefined;
      case 'left':
        return t('goto.left');
      case 'oldest':
        return t('goto.oldest', { time: formatFull(outcome.oldest).slice(0, 16) });
      case 'failed':
        return errorText(outcome.error);
      case 'too-far':
        return t('goto.too-far', { count: outcome.needed, most: MOST_CANDLES });
      default:
        return assertNever(outcome);
    }
  };
  return (
    <Dialog title={t('chartmenu.go-to')} testId="go-to" onClose={onClose}>
      <form
        className="chart-add"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <label>
          <span className="text-dim">{t('goto.date')}</span>
          <input
            className="field"
            type="datetime-local"
            value={typed}
            data-testid="go-to-date"
            onChange={({ target }) => setTyped(target.value)}
          />
        </label>
        <button
          type="submit"
          className="button"
          disabled={time === undefined || progress !== undefined}
          data-testid="go-to-go"
        >
          {t('goto.go')}
        </button>
        {progress !== undefined && (
          <button
            type="button"
            className="button"
            onClick={() => way.current?.abort()}
            data-testid="go-to-cancel"
          >
            {t('goto.cancel')}
          </button>
        )}
      </form>
      {progress !== undefined && (
        <label className="chart-progress">
          <progress value={progress.share} max={1} />
          <span className="text-dim">
            {t('goto.progress', { time: formatFull(progress.oldest).slice(0, 16) })}
          </span>
        </label>
      )}
      <p role="status" data-testid="go-to-said">
        {said}
      </p>
    </Dialog>
  );
}
