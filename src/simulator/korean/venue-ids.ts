import { hash32, hashText } from '../random.ts';

/**
 * Ids as the venues write them, made from the desk's numbers and read back from the text alone: nothing has to be
 * remembered, and no made-up id is ever mistaken for one of ours.
 */
export interface VenueIds {
  text(number: number): string;
  /** `undefined`: not one of ours. */
  number(text: string): number | undefined;
}

const HEX = 16;

/** UUIDs of version 4; `salt` tells orders from fills. */
export function uuids(salt: string): VenueIds {
  const seed = hashText(salt);
  const part = (number: number, turn: number) =>
    hash32(seed, number, turn).toString(HEX).padStart(8, '0').slice(0, 8);
  const text = (number: number) => {
    const [head, middle] = [part(number, 1), part(number, 2)];
    const tail = number.toString(HEX).padStart(12, '0');
    return `${head}-${middle.slice(0, 4)}-4${middle.slice(4, 7)}-a${part(number, 3).slice(0, 3)}-${tail}`;
  };
  return {
    text,
    number(id) {
      const tail = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-([0-9a-f]{12})$/.exec(id)?.[1];
      const number = tail === undefined ? undefined : Number.parseInt(tail, HEX);
      return number !== undefined && text(number) === id ? number : undefined;
    },
  };
}

/** `C0101000000001799653`: a letter, the market's four digits, and fifteen that count up from `first`. */
export function countedIds(first: number): VenueIds {
  return {
    text: (number) => `C0101${String(first + number).padStart(15, '0')}`,
    number(id) {
      const digits = /^C0101(\d{15})$/.exec(id)?.[1];
      const number = digits === undefined ? -1 : Number(digits) - first;
      return number >= 0 ? number : undefined;
    },
  };
}
