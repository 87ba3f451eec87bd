import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { instrumentName } from '#shared/domain/instrument.ts';
import { errorText } from '../../i18n/text-for.ts';
import { useDesk } from '../../ui/desk-context.ts';
import { HealthGlyph } from '../../ui/health-glyph.tsx';
import { Panel } from '../../ui/panel.tsx';
import { usePanelFault } from '../../ui/panel-fault.ts';
import { bookTrust, createBookPainter } from './book-painter.ts';

const ROW_HEIGHT = 20;
const MIDDLE_HEIGHT = 40;
const MOST_ROWS = 20;

/** The book by levels. */
export function BookPanel() {
  const { t } = useTranslation();
  const age = useRef<HTMLSpanElement>(null);
  return (
    <Panel
      name="book"
      title={t('book.title')}
      head={
        <span className="head-health" title={t('book.age-explained')}>
          <BookGlyph />
          <span ref={age} className="text-dim" data-testid="book-age" />
        </span>
      }
    >
      <div className="book-body">
        <Levels age={age} />
      </div>
    </Panel>
  );
}

/** How far the book can be believed. */
export function BookGlyph() {
  const desk = useDesk();
  // Judged on each beat of the pulse; React draws again only when the verdict changes.
  const kind = useStore(desk.pulse, () => bookTrust(desk).kind);
  return <HealthGlyph kind={kind} alone />;
}

function Levels({ age }: { readonly age: React.RefObject<HTMLElement | null> }) {
  const desk = useDesk();
  const error = useStore(desk.book.store, (state) => state.error);
  // The ladder is made anew after a refusal: its painter holds on to the elements it was made with.
  return error ? <p className="panel-fault">{errorText(error)}</p> : <Ladder age={age} />;
}

function Ladder({ age }: { readonly age: React.RefObject<HTMLElement | null> }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const instrument = useStore(desk.book.store, (state) => state.instrument);
  // Units are in the name itself, so they stand before the list of instruments has come.
  const [base = '', quote = ''] = instrument ? instrumentName(instrument).split('-') : [];
  const root = useRef<HTMLDivElement>(null);
  const rowsPart = useRef<HTMLDivElement>(null);
  const asks = useRef<HTMLDivElement>(null);
  const bids = useRef<HTMLDivElement>(null);
  const last = useRef<HTMLSpanElement>(null);
  const markPrice = useRef<HTMLSpanElement>(null);
  const spread = useRef<HTMLSpanElement>(null);
  const notice = useRef<HTMLParagraphElement>(null);
  const onFault = usePanelFault();

  useEffect(() => {
    if (!root.current || !asks.current || !bids.current || !last.current || !rowsPart.current)
      return undefined;
    if (!markPrice.current || !spread.current || !notice.current || !age.current) return undefined;
    const elements = {
      root: root.current,
      asks: asks.current,
      bids: bids.current,
      last: last.current,
      mark: markPrice.current,
      spread: spread.current,
      age: age.current,
      notice: notice.current,
    };
    const painter = createBookPainter(desk, elements, onFault);
    const watched = rowsPart.current;
    const fit = () => {
      const room = watched.clientHeight - MIDDLE_HEIGHT;
      painter.fit(Math.max(1, Math.min(MOST_ROWS, Math.floor(room / 2 / ROW_HEIGHT))));
    };
    const observer = new ResizeObserver(fit);
    observer.observe(watched);
    fit();
    return () => {
      observer.disconnect();
      painter.dispose();
      for (const element of [last, markPrice, spread, notice, age]) element.current?.replaceChildren();
    };
  }, [desk, age, onFault]);

  return (
    <div ref={root} className="book" role="table" aria-label={t('book.title')} data-testid="book">
      <div role="rowgroup">
        <div role="row" className="level level-head">
          <span role="columnheader">{t('column.price', { unit: quote })}</span>
          <span role="columnheader">{t('column.quantity', { unit: base })}</span>
          <span role="columnheader">{t('column.total')}</span>
        </div>
      </div>
      <div ref={rowsPart} className="book-rows" role="presentation">
        <div ref={asks} role="rowgroup" className="book-asks" data-testid="book-asks" />
        <div className="book-middle" role="rowgroup">
          <div role="row" className="contents">
            <span role="cell" ref={last} className="value book-last" data-testid="book-last" />
            <span role="cell" className="book-fact">
              {t('book.mark')} <span ref={markPrice} className="value" data-testid="book-mark" />
            </span>
            <span role="cell" className="book-fact" title={t('book.spread')}>
              {t('book.spread')} <span ref={spread} className="value" data-testid="book-spread" />
            </span>
          </div>
        </div>
        <div ref={bids} role="rowgroup" className="book-bids" data-testid="book-bids" />
      </div>
      <p ref={notice} className="book-notice" data-testid="book-notice" hidden />
    </div>
  );
}
