import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createStore } from 'zustand/vanilla';
import type { Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { Interval } from '#shared/domain/interval.ts';
import { createBook } from '../stores/book.ts';
import { createCandleFeed } from '../stores/candle-feed.ts';
import type { Desk } from '../stores/desk.ts';
import type { Focus, FocusState } from '../stores/focus.ts';
import { createTape } from '../stores/tape.ts';
import { DeskProvider, useDesk } from '../ui/desk-context.ts';
import type { Feed } from './panel-list.ts';
import type { PanelLink } from './panel-params.ts';

interface ScopedDeskProps {
  readonly link: PanelLink;
  /** Of a part without a colour. */
  readonly instrument?: InstrumentId | undefined;
  /** Absent: as the desk's. */
  readonly interval?: Interval | undefined;
  readonly feeds: readonly Feed[];
  /** What the person chose here, to be remembered. */
  readonly onChoose?: (change: Partial<FocusState>) => void;
  readonly children: ReactNode;
}

/** A desk whose `focus`, `book`, `tape` and `candles` are this part's own; everything else is shared. */
export function ScopedDesk({ link, instrument, interval, feeds, onChoose, children }: ScopedDeskProps) {
  const desk = useDesk();
  const [scope, setScope] = useState<Scope>();
  const told = useRef(onChoose);
  const begin = useRef({ instrument, interval, feeds });
  useEffect(() => {
    told.current = onChoose;
  });
  begin.current = { instrument, interval, feeds };
  useLayoutEffect(() => {
    const opened = openScope(desk, link, begin.current, (change) => told.current?.(change));
    setScope(opened);
    return opened.dispose;
  }, [desk, link]);
  // An undone or replaced layout brings its own.
  useEffect(() => scope?.adopt({ instrument, interval }), [scope, instrument, interval]);
  if (scope === undefined) return null;
  return <DeskProvider value={scope.desk}>{children}</DeskProvider>;
}

interface Scope {
  readonly desk: Desk;
  adopt(given: { instrument: InstrumentId | undefined; interval: Interval | undefined }): void;
  readonly dispose: Undo;
}

function openScope(
  desk: Desk,
  link: PanelLink,
  given: Pick<ScopedDeskProps, 'instrument' | 'interval' | 'feeds'>,
  tell: (change: Partial<FocusState>) => void,
): Scope {
  const { links, client, clock } = desk;
  const linked = () => (link === 'none' ? undefined : links.store.getState()[link]);
  const main = desk.mainFocus.store.getState();
  const store = createStore<FocusState>()(() => ({
    instrument: linked() ?? given.instrument ?? main.instrument,
    interval: given.interval ?? main.interval,
  }));
  const focus: Focus = {
    store,
    choose(instrument) {
      if (link !== 'none') links.choose(link, instrument);
      else {
        store.setState({ instrument });
        tell({ instrument });
      }
    },
    chooseInterval(interval) {
      store.setState({ interval });
      tell({ interval });
    },
  };
  const undos: Undo[] = [];
  // The main colour's book is open as long as the desk is: the ticket reads it.
  const book = given.feeds.includes('book') && link !== 'main' ? createBook(client) : desk.book;
  const tape = given.feeds.includes('tape') ? createTape(client, desk.pulse) : desk.tape;
  const candles = given.feeds.includes('candles') ? createCandleFeed(client, clock) : desk.candles;
  let held: Undo = () => undefined;
  const follow = ({ instrument, interval }: FocusState) => {
    // The new hold comes before the old one goes, so that no stream ends which both want.
    const previous = held;
    held = desk.tickers.hold([instrument]);
    previous();
    if (book !== desk.book) book.follow(instrument);
    if (tape !== desk.tape) tape.follow(instrument);
    if (candles !== desk.candles) candles.follow(instrument, interval);
  };
  follow(store.getState());
  undos.push(store.subscribe(follow), () => held());
  if (link !== 'none') {
    undos.push(
      links.store.subscribe(() => {
        const instrument = linked();
        if (instrument !== undefined && instrument !== store.getState().instrument)
          store.setState({ instrument });
      }),
    );
  }
  if (book !== desk.book) undos.push(book.dispose);
  if (tape !== desk.tape) undos.push(tape.dispose);
  if (candles !== desk.candles) undos.push(candles.dispose);
  return {
    // The description of the app is read anew each time, which a copy of the object would not do.
    desk: Object.create(desk, {
      focus: { value: focus },
      book: { value: book },
      tape: { value: tape },
      candles: { value: candles },
    }) as Desk,
    adopt({ instrument, interval }) {
      const held = store.getState();
      if (interval !== undefined && interval !== held.interval) store.setState({ interval });
      if (link === 'none' && instrument !== undefined && instrument !== held.instrument)
        store.setState({ instrument });
    },
    dispose() {
      for (const undo of undos) undo();
    },
  };
}
