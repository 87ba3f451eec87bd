import { createContext, useContext } from 'react';
import type { Desk } from '../stores/desk.ts';

const DeskContext = createContext<Desk | undefined>(undefined);

export const DeskProvider = DeskContext.Provider;

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a panel was drawn outside the desk');
  return desk;
}
