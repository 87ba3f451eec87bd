import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { WatchName } from '#shared/contract/api.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { callOut } from './call-out.ts';
import { DeskScreen } from './desk.tsx';
import { errorText } from './i18n/text-for.ts';
import { wearSettings } from './look.ts';
import { fetchViews } from './panels/view-door.tsx';
import { reportFaults } from './report-faults.ts';
import { createDesk, type Desk, type DeskBeginning } from './stores/desk.ts';
import { createView } from './stores/view.ts';
import { measureArrivals, reportPaintTimes } from './ui/paint-times.ts';
import { keepTitle } from './window-title.ts';

const RETRY_MS = 1_000;
/** The desk has its first prices by then; what may be wanted next can come. */
const FETCH_AHEAD_MS = 4_000;
/** Watches that painters show on the desk. */
const PAINTED: ReadonlySet<WatchName> = new Set(['tickers', 'book', 'trades']);

type Beginning =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'ready'; readonly desk: Desk };

/** Asks the engine what it is and then draws the desk; until then it says what it waits for. */
export function Boot({ client }: { readonly client: ContractClient }) {
  const [beginning, setBeginning] = useState<Beginning>({ kind: 'connecting' });
  useEffect(() => beginDesk(client, setBeginning), [client]);
  if (beginning.kind === 'ready') return <DeskScreen desk={beginning.desk} />;
  return <Waiting beginning={beginning} />;
}

function Waiting({ beginning }: { readonly beginning: Exclude<Beginning, { readonly kind: 'ready' }> }) {
  const { t } = useTranslation();
  return (
    <main className="boot" data-testid={`boot-${beginning.kind}`}>
      <h1>{t('app.name')}</h1>
      {beginning.kind === 'connecting' && <p role="status">{t('boot.connecting')}</p>}
      {beginning.kind === 'refused' && <p role="alert">{t('boot.refused')}</p>}
      {beginning.kind === 'failed' && (
        <p role="alert">
          {errorText(beginning.error)} {t('boot.again')}
        </p>
      )}
    </main>
  );
}

/** The desk with everything that goes on outside its panels. */
function openDesk(client: ContractClient, beginning: DeskBeginning): Desk {
  const view = createView();
  const measured = measureArrivals(client, (name) =>
    view.store.getState().shown === 'desk' ? PAINTED.has(name) : name === 'metrics',
  );
  const desk = createDesk(measured, systemClock, beginning, view);
  wearSettings(desk);
  keepTitle(desk);
  reportFaults(desk.notices);
  callOut(desk);
  reportPaintTimes(measured, systemClock);
  systemClock.after(FETCH_AHEAD_MS, fetchViews);
  return desk;
}

/** Tries until the engine has answered; each new connection starts over. */
function beginDesk(client: ContractClient, report: (beginning: Beginning) => void): () => void {
  let ended = false;
  let cancelRetry: Undo = () => undefined;

  const attempt = async () => {
    try {
      // Only what the engine itself can answer: a venue that is down must not keep the desk from standing.
      const [app, settings] = await Promise.all([
        client.request('app.describe', {}),
        client.request('settings.read', {}),
      ]);
      if (ended) return;
      ended = true;
      undoStatus();
      const desk = openDesk(client, { app, settings });
      report({ kind: 'ready', desk });
    } catch (fault) {
      if (ended) return;
      const error = fault instanceof HeartlineError ? fault : new HeartlineError('unknown', String(fault));
      // A connection that went away is being made again; what it says then starts the next attempt.
      if (error.code === 'contract.closed') return;
      report({ kind: 'failed', error });
      cancelRetry = systemClock.after(RETRY_MS, () => void attempt());
    }
  };
  const react = () => {
    if (client.status === 'open') void attempt();
    else if (client.status === 'refused') report({ kind: 'refused' });
    else report({ kind: 'connecting' });
  };
  const undoStatus = client.onStatus(react);
  react();
  return () => {
    ended = true;
    cancelRetry();
    undoStatus();
  };
}
