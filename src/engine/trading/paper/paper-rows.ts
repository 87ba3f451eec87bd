import type { Clock } from '#shared/base/clock.ts';
import { createEmitter, type Undo } from '#shared/base/emitter.ts';
import type { InstrumentId } from '#shared/domain/instrument.ts';
import type { AccountEvent, AccountHoldings } from '../../accounts/account-holdings.ts';
import { accountState } from '../../accounts/account-state.ts';
import { balanceReports, positionReports, positionWord } from './paper-figures.ts';
import { paperReport } from './paper-order.ts';
import type { PaperShelf } from './paper-shelf.ts';

/** What a paper account shows, told by the same law as that of any venue. */
export interface PaperRows {
  readonly holdings: AccountHoldings;
  onHoldings(listener: (now: AccountHoldings, before: AccountHoldings) => void): Undo;
  tell(event: AccountEvent): void;
  /** Orders and fills as they happened, then what they made of the money. A listener may give the next order meanwhile. */
  tellAll(): void;
  /** Rows that read otherwise than they were told last: losses move with the market. */
  tellMoney(): void;
}

export function createPaperRows(options: {
  readonly clock: Clock;
  readonly shelf: PaperShelf;
  readonly from: AccountHoldings;
  readonly onLiquidated: (currency: string, covered: string) => void;
}): PaperRows {
  const { clock, shelf } = options;
  const heard = createEmitter<{ readonly now: AccountHoldings; readonly before: AccountHoldings }>();
  const words = new Map<string, string>();
  let holdings = options.from;
  let told = clock.now();
  let isTelling = false;

  function tell(event: AccountEvent): void {
    const before = holdings;
    holdings = accountState(before, event);
    if (holdings !== before) heard.emit({ now: holdings, before });
  }

  function tellAll(): void {
    if (isTelling) return;
    isTelling = true;
    try {
      for (let events = shelf.takeEvents(); events.length > 0; events = shelf.takeEvents()) {
        for (const event of events) {
          const telling = { source: 'stream', receivedAt: clock.now() } as const;
          if (event.kind === 'order') {
            tell({ kind: 'order', order: paperReport(event.order), ...telling });
          } else if (event.kind === 'fill') tell({ kind: 'fill', fill: event.fill, ...telling });
          else options.onLiquidated(event.currency, event.covered);
        }
        tellMoney();
      }
    } finally {
      isTelling = false;
    }
  }

  function tellMoney(): void {
    told = Math.max(clock.now(), told + 1);
    const telling = { receivedAt: clock.now(), venueTime: told } as const;
    const gone = new Set([...words.keys()].filter((name) => name.includes(':')));
    for (const balance of balanceReports(shelf)) {
      const { currency, total, free } = balance;
      if (!isNews(currency, `${total} ${free}`)) continue;
      tell({ kind: 'balance', balance, source: 'stream', ...telling });
    }
    for (const position of positionReports(shelf)) {
      gone.delete(position.instrument);
      if (!isNews(position.instrument, positionWord(position))) continue;
      // Told whole, as an answer is: what it leaves out is not so.
      tell({ kind: 'position', position, source: 'rest', ...telling });
    }
    for (const name of gone) {
      words.delete(name);
      const instrument = name as InstrumentId;
      tell({
        kind: 'position',
        position: { instrument, leg: 'both', quantity: '0' },
        source: 'rest',
        ...telling,
      });
    }
  }

  function isNews(name: string, word: string): boolean {
    if (words.get(name) === word) return false;
    words.set(name, word);
    return true;
  }

  return {
    get holdings() {
      return holdings;
    },
    onHoldings: (listener) => heard.on(({ now, before }) => listener(now, before)),
    tell,
    tellAll,
    tellMoney,
  };
}
