import { type KeyboardEvent, type MouseEvent, type RefObject, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TicketState } from '../../../stores/ticket.ts';
import { gateOf } from '../../../stores/ticket-gate.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { gateMeaning, gateReason } from './gate-words.ts';
import { OverrideDialog } from './override-dialog.tsx';

/** The one button. It says what leaves, or the one reason why nothing does. */
export function PlaceButton({ button }: { readonly button: RefObject<HTMLButtonElement | null> }) {
  const { t } = useTranslation();
  const { instruments, pulse, ticket, trading } = useDesk();
  const id = useId();
  const [isStepping, setStepping] = useState(false);
  const state = useStore(ticket.store);
  const answering = useStore(pulse, (one) => one.answering);
  const confirms = useStore(trading.watching.store, ({ view }) => view?.confirms ?? 'none');
  const about = useStore(instruments.store, ({ known }) => known.get(state.instrument));
  const gate = gateOf(state, answering);
  const reason = gateReason(gate);
  const meaning = gateMeaning(gate, state.verdict);
  const isReady = gate.kind === 'ready';
  // Nobody is asked about an order that may not leave.
  const asks =
    gate.kind !== 'denied' && state.verdict.kind === 'told' && state.verdict.view.isConfirmedByMain;

  const press = (event: MouseEvent) => {
    // The second click of a double click is the first one again.
    if (isReady && event.detail <= 1) void ticket.place();
  };
  // A key held down is one press.
  const hold = (event: KeyboardEvent) => {
    if (event.repeat) event.preventDefault();
  };
  return (
    <div className="place">
      <button
        ref={button}
        type="button"
        className="place-button"
        data-side={state.form.side}
        data-gate={gate.kind}
        data-testid="place"
        // Not `disabled`: the focus stays where it is, and a reader hears the reason.
        aria-disabled={!isReady}
        aria-busy={gate.kind === 'placing'}
        aria-describedby={meaning === undefined && !asks ? undefined : id}
        onClick={press}
        onKeyDown={hold}
      >
        <strong>{t(`gate.${state.form.side}`, { what: what(state, about?.base) })}</strong>
        {reason !== undefined && (
          <span className="place-reason" data-testid="place-reason">
            {reason}
          </span>
        )}
      </button>
      <div id={id} className="place-more">
        {meaning !== undefined && <p data-testid="place-meaning">{meaning}</p>}
        {asks && <p className="text-warn">{t(`gate.confirms-${confirms}`)}</p>}
      </div>
      {gate.kind === 'blocked' && gate.isStepAllowed && (
        <button
          type="button"
          className="button"
          data-testid="override-open"
          onClick={() => setStepping(true)}
        >
          {t('override.open')}
        </button>
      )}
      {isStepping && gate.kind === 'blocked' && (
        <OverrideDialog
          trust={gate.trust}
          isStepAllowed={gate.isStepAllowed}
          onClose={() => setStepping(false)}
        />
      )}
    </div>
  );
}

/** `0.05 BTC`, as it would leave; without the engine's word only what is traded. */
function what({ verdict }: TicketState, base = ''): string {
  const request = verdict.kind === 'told' ? verdict.view.request : undefined;
  return request === undefined ? base : `${formatExact(request.quantity)} ${base}`;
}
