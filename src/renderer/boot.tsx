import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Undo } from '#shared/base/emitter.ts';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import { errorText } from './i18n/text-for.ts';

const RETRY_MS = 1_000;

type Beginning =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'failed'; readonly error: HeartlineError }
  | { readonly kind: 'ready'; readonly screen: ReactNode };

/** Asks the engine what it is and then draws the desk; until then it says what it waits for. */
export function Boot({ client }: { readonly client: ContractClient }) {
  const [beginning, setBeginning] = useState<Beginning>({ kind: 'connecting' });
  useEffect(() => beginDesk(client, setBeginning), [client]);
  if (beginning.kind === 'ready') return beginning.screen;
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

/** All that a standing desk needs, which is nearly everything: what it waits for is on the screen before. */
const fetchDesk = () => import('./standing-desk.tsx');

/** Tries until the engine has answered; each new connection starts over. */
function beginDesk(client: ContractClient, report: (beginning: Beginning) => void): () => void {
  let ended = false;
  let cancelRetry: Undo = () => undefined;
  // On its way while the connection is made; where it does not come, the attempt below says so.
  let fetching: ReturnType<typeof fetchDesk> | undefined = fetchDesk();
  fetching.catch(() => undefined);

  const codeOfDesk = async () => {
    fetching ??= fetchDesk();
    try {
      return await fetching;
    } catch (fault) {
      fetching = undefined;
      throw new HeartlineError('contract.unreachable', messageOf(fault), { cause: fault });
    }
  };
  const attempt = async () => {
    try {
      // Only what the engine itself can answer: a venue that is down must not keep the desk from standing.
      const [app, settings, { standDesk }] = await Promise.all([
        client.request('app.describe', {}),
        client.request('settings.read', {}),
        codeOfDesk(),
      ]);
      if (ended) return;
      ended = true;
      undoStatus();
      report({ kind: 'ready', screen: standDesk(client, { app, settings }) });
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
