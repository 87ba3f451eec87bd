import { createLine, type Line } from '../../ui/painter.ts';

/** One row of the ladder: what it shows, and the price it stands for. */
export interface LadderRow {
  readonly element: HTMLElement;
  /** What was painted there: an integer at the ladder's scale, and as the venue writes it. A click means this. */
  price: number | undefined;
  priceText: string;
  readonly buys: Line;
  readonly sells: Line;
  readonly bid: Line;
  readonly shown: Line;
  readonly ask: Line;
  readonly bidShare: Line;
  readonly askShare: Line;
}

export const ROW_HEIGHT = 20;

/** Rows of fixed places; what they stand for is painted into them. */
export function makeLadderRows(parent: HTMLElement, count: number): LadderRow[] {
  const rows = Array.from({ length: count }, (_, index) => makeRow(index));
  const middle = rows[Math.floor(count / 2)];
  if (middle !== undefined) middle.element.tabIndex = 0;
  parent.replaceChildren(...rows.map(({ element }) => element));
  return rows;
}

function makeRow(index: number): LadderRow {
  const element = document.createElement('div');
  element.className = 'ladder-row';
  element.setAttribute('role', 'row');
  element.tabIndex = -1;
  element.dataset['testid'] = 'ladder-row';
  element.dataset['index'] = String(index);
  const cell = (name: string) => {
    const made = document.createElement('span');
    made.className = `ladder-${name}`;
    made.dataset['cell'] = name;
    made.setAttribute('role', 'gridcell');
    element.append(made);
    return made;
  };
  const cancel = cell('cancel');
  cancel.textContent = '×';
  const own = cell('own');
  const part = (side: 'buy' | 'sell') => {
    const made = document.createElement('span');
    made.dataset['side'] = side;
    own.append(made);
    return createLine(made);
  };
  const buys = part('buy');
  const sells = part('sell');
  const bid = cell('bid');
  const price = cell('price');
  const ask = cell('ask');
  return {
    element,
    price: undefined,
    priceText: '',
    buys,
    sells,
    bid: createLine(bid),
    shown: createLine(price),
    ask: createLine(ask),
    bidShare: createShare(bid),
    askShare: createShare(ask),
  };
}

/** The quantity's bar is the cell's background, whose width in percent is set. */
function createShare(cell: HTMLElement): Line {
  let current = '';
  return {
    set(share) {
      if (share === current) return;
      current = share;
      cell.style.backgroundSize = `${share}% 18px`;
    },
  };
}
