import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName, venueOf } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { useVenueName } from '../trading/use-venue-name.ts';
import { CancelSide } from './cancel-side.tsx';
import { ladderActs } from './ladder-acts.ts';
import { listenToLadder } from './ladder-input.ts';
import { createLadderPainter, type LadderPainter } from './ladder-painter.ts';
import { ROW_HEIGHT } from './ladder-row.ts';
import { LadderStrip } from './ladder-strip.tsx';
import { LadderTools } from './ladder-tools.tsx';
import '../../styles/ladder.css';

const MOST_ROWS = 60;

/** The price ladder: the book by price, own orders in it, and orders by clicking at a price. */
export function LadderBody() {
  const desk = useDesk();
  const error = useStore(desk.book.store, (state) => state.error);
  useEffect(() => desk.ladder.show(), [desk]);
  // The rows are made anew after a refusal: their painter holds on to the elements it was made with.
  return error ? <p className="panel-fault">{errorText(error)}</p> : <Ladder />;
}

function Ladder() {
  const { t } = useTranslation();
  const desk = useDesk();
  const root = useRef<HTMLDivElement>(null);
  const rows = useRef<HTMLDivElement>(null);
  const notice = useRef<HTMLParagraphElement>(null);
  const [painter, setPainter] = useState<LadderPainter>();
  const onFault = usePanelFault();
  const instrument = useStore(desk.ticket.store, (state) => state.instrument);
  const account = useStore(desk.ticket.store, (state) => state.account);

  useEffect(() => {
    if (!root.current || !rows.current || !notice.current) return undefined;
    const watched = rows.current;
    const elements = { root: root.current, rows: watched, notice: notice.current };
    const made = createLadderPainter(desk, elements, onFault);
    const undoInput = listenToLadder(elements, made, ladderActs(desk));
    const fit = () =>
      made.fit(Math.max(3, Math.min(MOST_ROWS, Math.floor(watched.clientHeight / ROW_HEIGHT))));
    const observer = new ResizeObserver(fit);
    observer.observe(watched);
    fit();
    setPainter(made);
    return () => {
      observer.disconnect();
      undoInput();
      made.dispose();
      setPainter(undefined);
    };
  }, [desk, onFault]);

  return (
    <div ref={root} className="ladder" data-testid="ladder">
      <LadderTools onCentre={() => painter?.centre()} />
      <div className="ladder-middle">
        <div
          role="grid"
          className="ladder-grid"
          aria-label={t('ladder.described', {
            instrument: instrumentName(instrument),
            account: account?.label ?? t('ladder.no-account'),
          })}
          aria-description={t('ladder.keys')}
        >
          <div role="rowgroup">
            <div role="row" className="ladder-head">
              <span role="columnheader" className="ladder-head-own" title={t('ladder.own-means')}>
                <span className="sr-only">{t('ladder.own')}</span>
                <CancelSide side="buy" />
                <CancelSide side="sell" />
              </span>
              <span role="columnheader" title={t('ladder.bid-means')}>
                {t('ladder.bid')} <small>{t('ladder.bid-does')}</small>
              </span>
              <span role="columnheader">{t('ladder.price')}</span>
              <span role="columnheader" title={t('ladder.ask-means')}>
                {t('ladder.ask')} <small>{t('ladder.ask-does')}</small>
              </span>
            </div>
          </div>
          <div ref={rows} role="rowgroup" className="ladder-rows" data-testid="ladder-rows" />
        </div>
        <p ref={notice} className="book-notice ladder-notice" data-testid="ladder-notice" hidden />
        <LadderStrip />
      </div>
      <LadderFoot painter={painter} />
    </div>
  );
}

/** What a click does, and orders at the best price of either side. */
function LadderFoot({ painter }: { readonly painter: LadderPainter | undefined }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const instrument = useStore(desk.ticket.store, (state) => state.instrument);
  const venue = useVenueName(venueOf(instrument));
  const hasStops = useStore(desk.ticket.store, ({ verdict }) =>
    verdict.kind === 'told' ? verdict.view.abilities?.conditional !== false : true,
  );
  const join = (side: 'bid' | 'ask') => {
    const price = painter?.best(side);
    const acts = ladderActs(desk);
    // Without a price that may be believed it says why instead.
    acts.place(side === 'bid' ? 'buy' : 'sell', price ?? '', false);
  };
  return (
    <div className="ladder-foot">
      <p className="text-dim" data-testid="ladder-hint">
        {hasStops ? t('ladder.hint') : t('ladder.hint-no-stop', { venue })}
      </p>
      <div className="ladder-joins">
        {(['bid', 'ask'] as const).map((side) => (
          <button
            key={side}
            type="button"
            className="button"
            title={t(`join.${side}-means`)}
            data-testid={`join-${side}`}
            onClick={({ detail }) => detail <= 1 && join(side)}
            onKeyDown={(event) => event.repeat && event.preventDefault()}
          >
            {t(`join.${side}`)}
          </button>
        ))}
      </div>
    </div>
  );
}
