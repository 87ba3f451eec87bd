import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { HealthKind } from '#shared/domain/health-kind.ts';
import { type InstrumentId, instrumentName, venueOf } from '#shared/domain/instrument.ts';
import type { Outcome } from '../../../stores/ticket-outcome.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { orderText } from '../orders/order-text.ts';
import { usePlaceName } from '../use-place-name.ts';
import { outcomeWords, type Tone } from './outcome-words.ts';

export const TONE_GLYPHS: Readonly<Record<Tone, HealthKind>> = {
  good: 'live',
  open: 'connecting',
  bad: 'failed',
  warn: 'stale',
};

/** What came of the last click, for as long as it stands there kept up to date. */
export function OutcomeLine() {
  const { ticket } = useDesk();
  const outcome = useStore(ticket.store, (state) => state.outcome);
  const instrument = useStore(ticket.store, (state) => state.instrument);
  return <OutcomeBox outcome={outcome} instrument={instrument} onForget={ticket.forget} />;
}

interface OutcomeBoxProps {
  readonly outcome: Outcome | undefined;
  /** What the click was about. */
  readonly instrument: InstrumentId;
  readonly onForget: () => void;
}

export function OutcomeBox({ outcome, instrument, onForget }: OutcomeBoxProps) {
  const { t } = useTranslation();
  const { instruments, trading } = useDesk();
  const placed =
    outcome?.kind === 'answered' && outcome.answer.kind === 'placed' ? outcome.answer.order : undefined;
  const order = useStore(trading.own.store, ({ view }) =>
    placed === undefined ? undefined : view?.get(placed.request.clientOrderId),
  );
  const venue = usePlaceName(placed?.account ?? { venue: venueOf(instrument) });
  const now = order ?? placed;
  const about = useStore(instruments.store, ({ known }) => known.get(now?.request.instrument ?? instrument));
  const words = outcome && outcomeWords(outcome, now, venue, about);
  const state = now?.state;
  return (
    <div role="status" className="outcome-region">
      {words && (
        <div className="outcome" data-tone={words.tone} data-state={state} data-testid="outcome">
          <HealthGlyph kind={TONE_GLYPHS[words.tone]} />
          <div>
            {now && (
              <p>
                <strong className="side-word" data-side={now.request.side}>
                  {t(`ticket.${now.request.side}`)}
                </strong>{' '}
                <strong>{instrumentName(now.request.instrument)}</strong> {orderText(now.request, about)}
              </p>
            )}
            <p>{words.text}</p>
            {words.more.map((text) => (
              <p key={text} className="text-dim">
                {text}
              </p>
            ))}
            {state === 'unknown' && (
              <button type="button" className="button" onClick={trading.openBoard}>
                {t('outcome.board')}
              </button>
            )}
          </div>
          <button type="button" className="button" aria-label={t('outcome.dismiss')} onClick={onForget}>
            ×
          </button>
        </div>
      )}
    </div>
  );
}
