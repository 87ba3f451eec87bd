import type { ReactNode } from 'react';

/** Something that can be chosen from a menu. */
export interface MenuItem {
  /** Unique in its menu; its test id is `<menu's test id>-<id>`. */
  readonly id: string;
  readonly label: string;
  /** At the end of the line, dim: a key, a value. */
  readonly hint?: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  /** Takes something away or costs money: said by its colour besides its words. */
  readonly danger?: boolean;
  /** Absent: not a switch. */
  readonly checked?: boolean;
  /** The menu stays for a further choice, for switches that are pressed several at a time. */
  readonly staysOpen?: boolean;
  readonly onSelect: () => void;
}

/** A line that opens further ones. */
export interface Submenu {
  readonly id: string;
  readonly label: string;
  readonly icon?: ReactNode;
  readonly disabled?: boolean;
  readonly submenu: readonly MenuEntry[];
}

export type MenuEntry = MenuItem | Submenu | 'separator';
