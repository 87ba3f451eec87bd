import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { positionKey } from '#shared/contract/account-views.ts';
import type { Position } from '#shared/domain/account.ts';
import { instrumentName } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatExact } from '../../../ui/format-exact.ts';
import { Popover } from '../../../ui/popover.tsx';

const PERCENTS = [25, 50, 100] as const;

/** Closes a part of a position or all of it, or turns it round. */
export function ClosePosition({ position }: { readonly position: Position }) {
  const { t } = useTranslation();
  const what = `${instrumentName(position.instrument)} ${formatExact(position.quantity)}`;
  return (
    <Popover
      label={t('closing.title', { what })}
      button={t('holding.close-button')}
      buttonLabel={t('closing.title', { what })}
      buttonClass="button holding-close"
      testId="position-close"
    >
      {(close) => <CloseForm position={position} onClose={close} />}
    </Popover>
  );
}

/** A part of the position, all of it, or the other way round. */
export function CloseForm({
  position,
  onClose,
}: {
  readonly position: Position;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { positionActions } = useDesk();
  const [isReversing, setReversing] = useState(false);
  const isBusy = useStore(positionActions.store, ({ busy }) => busy.has(positionKey(position)));
  const isShort = position.quantity.startsWith('-');
  const quantity = formatExact(position.quantity.replace('-', ''));
  const word = t(isShort ? 'holding.short' : 'holding.long');
  const other = t(isShort ? 'holding.long' : 'holding.short');
  const reverse = () => {
    void positionActions.act(position, { kind: 'reverse' });
    onClose();
  };
  return (
    <div className="form close-form" data-testid="close-form">
      <p>
        <strong>{instrumentName(position.instrument)}</strong> {word} {quantity}
      </p>
      <p className="text-dim">{t('closing.means')}</p>
      <div className="close-parts" role="group" aria-label={t('closing.part')}>
        {PERCENTS.map((percent) => (
          <button
            key={percent}
            type="button"
            className="button"
            disabled={isBusy}
            data-testid={`close-${percent}`}
            onClick={() => {
              void positionActions.act(position, { kind: 'close', percent });
              onClose();
            }}
            onKeyDown={(event) => event.repeat && event.preventDefault()}
          >
            {t('closing.percent', { percent })}
          </button>
        ))}
      </div>
      {isReversing ? (
        <>
          <p className="text-warn">{t('closing.reverse-means', { quantity, word, other })}</p>
          <button
            type="button"
            className="button button-bad"
            disabled={isBusy}
            data-testid="reverse-do"
            onClick={reverse}
            onKeyDown={(event) => event.repeat && event.preventDefault()}
          >
            {t('closing.reverse-do')}
          </button>
        </>
      ) : (
        <button type="button" className="button" data-testid="reverse" onClick={() => setReversing(true)}>
          {t('closing.reverse')}
        </button>
      )}
    </div>
  );
}
