import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { OutcomeBox } from '../../trading/ticket/outcome-line.tsx';

/** What came of closing or reversing a position; where a proof failed that may be stepped over, that second step. */
export function PositionSaid() {
  const { t } = useTranslation();
  const { positionActions } = useDesk();
  const done = useStore(positionActions.store, (state) => state.done);
  if (done === undefined) return null;
  const { action, outcome, position } = done;
  const answer = outcome.kind === 'answered' ? outcome.answer : undefined;
  const trust = answer?.kind === 'blocked' && answer.trust.kind === 'blocked' ? answer.trust : undefined;
  return (
    <div className="position-said" data-testid="position-said">
      <strong>
        {instrumentName(position.instrument)}{' '}
        {action.kind === 'reverse' ? t('closing.reverse') : t('closing.percent', { percent: action.percent })}
      </strong>
      <OutcomeBox outcome={outcome} instrument={position.instrument} onForget={positionActions.forget} />
      {trust?.canOverride === true && (
        <button
          type="button"
          className="button button-bad"
          title={t('override.noted')}
          data-testid="close-anyway"
          onClick={() => void positionActions.act(position, action, trust.reason)}
          onKeyDown={(event) => event.repeat && event.preventDefault()}
        >
          {t('closing.anyway')}
        </button>
      )}
    </div>
  );
}
