import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ArmView, TradingView } from '#shared/contract/order-views.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import { useDesk } from '../../../ui/desk-context.ts';
import { formatCountdown } from '../../../ui/format-time.ts';
import { HealthGlyph } from '../../../ui/health-glyph.tsx';
import { Popover } from '../../../ui/popover.tsx';
import { useAsk } from '../../../ui/use-ask.ts';
import { ArmDialog } from './arm-dialog.tsx';

const NONE: readonly ArmView[] = [];

/** Real venues alone: nothing else can be armed. */
function realArms(view: TradingView | undefined): readonly ArmView[] {
  return view?.arms.filter(({ isReal }) => isReal) ?? NONE;
}

/** ARMED or DISARMED, by word, colour and shape; opens the venues, each with its time left. */
export function ArmChip() {
  const { t } = useTranslation();
  const { trading } = useDesk();
  const view = useStore(trading.watching.store, (state) => state.view);
  const [arming, setArming] = useState<VenueId>();
  const real = realArms(view);
  if (real.length === 0) return null;
  const armed = real.filter(({ isArmed }) => isArmed);
  const chosen = real.find(({ venue }) => venue === arming);
  return (
    <>
      <Popover
        label={t('arm.more')}
        testId="arm-chip"
        buttonClass={`button arm-chip ${armed.length > 0 ? 'arm-chip-armed' : ''}`}
        button={
          <>
            <ArmGlyph isArmed={armed.length > 0} />
            <span className="arm-names">{armed.map(({ name }) => name).join(', ')}</span>
            <strong>{armed.length > 0 ? t('arm.armed') : t('arm.disarmed')}</strong>
          </>
        }
      >
        {(close) => (
          <ArmList
            arms={real}
            onArm={(venue) => {
              close();
              setArming(venue);
            }}
          />
        )}
      </Popover>
      {chosen !== undefined && <ArmDialog arm={chosen} onClose={() => setArming(undefined)} />}
    </>
  );
}

function ArmGlyph({ isArmed }: { readonly isArmed: boolean }) {
  return <HealthGlyph kind={isArmed ? 'rotating' : 'paused'} />;
}

function ArmList({
  arms,
  onArm,
}: {
  readonly arms: readonly ArmView[];
  readonly onArm: (venue: VenueId) => void;
}) {
  const { t } = useTranslation();
  const { client } = useDesk();
  const { busy, ask } = useAsk();
  // The reasons hold for all of them at once, so each is said once.
  const barred = new Set(arms.flatMap((arm) => arm.barred ?? []));
  return (
    <div className="arm-list" data-testid="arm-list">
      <ul>
        {arms.map((arm) => (
          <li key={arm.venue} data-venue={arm.venue} data-armed={arm.isArmed}>
            <ArmGlyph isArmed={arm.isArmed} />
            <span>{arm.name}</span>
            <strong className={arm.isArmed ? 'text-money' : 'text-dim'}>
              {arm.isArmed ? t('arm.armed') : t('arm.disarmed')}
            </strong>
            {arm.isArmed && arm.until !== undefined && <TimeLeft until={arm.until} />}
            {arm.isArmed ? (
              <button
                type="button"
                className="button"
                disabled={busy}
                data-testid="disarm"
                onClick={() => ask(() => client.request('trading.disarm', { venue: arm.venue }))}
              >
                {t('arm.disarm')}
              </button>
            ) : (
              <button
                type="button"
                className="button"
                disabled={arm.barred !== undefined}
                data-testid="arm"
                onClick={() => onArm(arm.venue)}
              >
                {t('arm.open', { venue: arm.name })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {[...barred].map((why) => (
        <p key={why} className="text-warn">
          {t(`barred.${why}`)}
        </p>
      ))}
      {arms.some(({ isArmed }) => isArmed) && (
        <button
          type="button"
          className="button"
          disabled={busy}
          data-testid="disarm-all"
          onClick={() => ask(() => client.request('trading.disarm', {}))}
        >
          {t('arm.disarm-all')}
        </button>
      )}
    </div>
  );
}

function TimeLeft({ until }: { readonly until: number }) {
  const { t } = useTranslation();
  const { pulse } = useDesk();
  const left = useStore(pulse, ({ now }) => formatCountdown(until - now));
  return <span className="text-dim value">{t('arm.left', { left })}</span>;
}
