import '../../styles/premium.css';
import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { errorText } from '../../i18n/text-for.ts';
import { createPremium, type Premium } from '../../stores/premium.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { Pending } from '../../ui/pending.tsx';
import { chooseCoins, comparableCoins } from './choose-coins.ts';
import { FxPanel } from './fx-panel.tsx';
import { NothingToCompare } from './nothing-to-compare.tsx';
import { NotionalBox } from './notional-box.tsx';
import { PremiumTable } from './premium-table.tsx';

/** The premium of won over dollars: opens its watch when it is shown and ends it when it is left. */
export function PremiumView() {
  const premium = usePremium();
  if (premium === undefined) return null;
  return (
    <>
      <FxPanel premium={premium} />
      <Comparison premium={premium} />
    </>
  );
}

/** The same in one panel of the desk. */
export function PremiumPanel() {
  const premium = usePremium();
  if (premium === undefined) return null;
  return (
    <div className="premium-docked">
      <FxPanel premium={premium} />
      <Comparison premium={premium} />
    </div>
  );
}

function usePremium(): Premium | undefined {
  const { client } = useDesk();
  const [premium, setPremium] = useState<Premium>();
  useLayoutEffect(() => {
    const opened = createPremium(client);
    setPremium(opened);
    return opened.dispose;
  }, [client]);
  return premium;
}

function Comparison({ premium }: { readonly premium: Premium }) {
  const { t } = useTranslation();
  const { instruments, settings, premiumChoice } = useDesk();
  const { known, error: listError } = useStore(instruments.store);
  const watchlist = useStore(settings.store, (state) => state.watchlist);
  const { added, notionalKrw } = useStore(premiumChoice);
  const { view, error } = useStore(premium.store);
  const [filter, setFilter] = useState('');

  const comparable = useMemo(() => comparableCoins(known.values()), [known]);
  const coins = useMemo(() => chooseCoins(comparable, watchlist, added), [comparable, watchlist, added]);
  useEffect(() => {
    // Without a coin the engine would take them all.
    if (coins.length > 0) premium.follow(coins, notionalKrw);
  }, [premium, coins, notionalKrw]);

  const body = () => {
    if (known.size === 0) {
      return (
        <p className="panel-empty" role="status">
          {listError === undefined
            ? t('search.loading')
            : t('search.unavailable', { why: errorText(listError) })}
        </p>
      );
    }
    if (coins.length === 0) return <NothingToCompare />;
    if (view === undefined) {
      return <Pending error={error} waiting={t('premium.waiting')} onRetry={premium.retry} />;
    }
    return (
      <PremiumTable
        // A view asked for with another sum says nothing of this one.
        view={view}
        isExecutableKnown={view.notionalKrw === notionalKrw}
        filter={filter}
        coins={coins}
        comparable={comparable}
        onAdd={(coin) => premiumChoice.setState({ added: [...added, coin] })}
      />
    );
  };
  return (
    <Panel
      name="premium"
      title={t('premium.title')}
      head={
        <>
          <input
            type="search"
            className="field premium-filter"
            aria-label={t('premium.filter')}
            placeholder={t('premium.filter')}
            data-testid="premium-filter"
            autoComplete="off"
            spellCheck={false}
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
          />
          <span className="ml-auto" />
          <NotionalBox />
        </>
      }
    >
      {body()}
    </Panel>
  );
}
