import { createStore, type StoreApi } from 'zustand/vanilla';
import { positionKey } from '#shared/contract/account-views.ts';
import type { ContractClient } from '#shared/contract/client.ts';
import type { PlaceAnswer } from '#shared/contract/order-views.ts';
import type { AccountId, Position } from '#shared/domain/account.ts';
import { asError } from './as-error.ts';
import { createTargetTokens } from './target-tokens.ts';
import { isAnswered, type Outcome, outcomeOfFault } from './ticket-outcome.ts';

/** `close`: that many percent of it. */
export type PositionAction =
  | { readonly kind: 'close'; readonly percent: number }
  | { readonly kind: 'reverse' };

export interface DonePosition {
  readonly position: Position;
  readonly action: PositionAction;
  readonly outcome: Outcome;
}

export interface PositionActionsState {
  /** The last one. */
  readonly done: DonePosition | undefined;
  /** Positions something is on its way for, by `positionKey`. */
  readonly busy: ReadonlySet<string>;
}

/** Closing, reversing and flattening. Each click is one permission; one position has one thing on its way at a time. */
export interface PositionActions {
  readonly store: StoreApi<PositionActionsState>;
  /** `override`: the trust reason that was stepped over. */
  act(position: Position, action: PositionAction, override?: string): Promise<void>;
  /** Rejects where it was not begun. */
  flatten(account: AccountId): Promise<void>;
  forget(): void;
}

export function createPositionActions(client: ContractClient): PositionActions {
  const store = createStore<PositionActionsState>()(() => ({ done: undefined, busy: new Set() }));
  const tokens = createTargetTokens(client);

  const send = (token: string, position: Position, action: PositionAction, override: string | undefined) => {
    const { account, instrument, leg } = position;
    const input = { token, account, instrument, leg, ...(override === undefined ? {} : { override }) };
    return action.kind === 'reverse'
      ? client.request('positions.reverse', input)
      : client.request('positions.close', { ...input, percent: action.percent });
  };
  const outcomeOf = async (
    position: Position,
    action: PositionAction,
    override: string | undefined,
  ): Promise<Outcome> => {
    // Whatever part of it: two closings of a position whose first answer was lost would be one too many.
    const target = positionKey(position);
    let wasOpen = false;
    try {
      const token = await tokens.take(target);
      wasOpen = client.status === 'open';
      const answer: PlaceAnswer = await send(token, position, action, override);
      tokens.settle(target);
      return { kind: 'answered', answer };
    } catch (fault) {
      const outcome = outcomeOfFault(asError(fault), wasOpen);
      if (isAnswered(outcome)) tokens.settle(target);
      return outcome;
    }
  };

  return {
    store,
    async act(position, action, override) {
      const key = positionKey(position);
      if (store.getState().busy.has(key)) return;
      store.setState(({ busy }) => ({ busy: new Set([...busy, key]), done: undefined }));
      const outcome = await outcomeOf(position, action, override);
      store.setState(({ busy }) => ({
        busy: new Set([...busy].filter((one) => one !== key)),
        done: { position, action, outcome },
      }));
    },
    async flatten(account) {
      const target = `flatten ${account}`;
      const token = await tokens.take(target);
      try {
        await client.request('positions.flatten', { token, account });
        tokens.settle(target);
      } catch (fault) {
        if (isAnswered(outcomeOfFault(asError(fault), true))) tokens.settle(target);
        throw fault;
      }
    },
    forget: () => store.setState({ done: undefined }),
  };
}
