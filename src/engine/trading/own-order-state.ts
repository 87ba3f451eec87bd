import Big from 'big.js';
import { assertNever } from '#shared/base/assert-never.ts';
import type { JournalEvent, JournalLine } from '#shared/domain/journal.ts';
import { type FillReport, isTerminal, type OrderStatus } from '#shared/domain/order.ts';
import type { Evidence, OwnOrder, OwnOrderState } from '#shared/domain/own-order.ts';
import { hearReport, NO_VENUE_WORD, sumUp, type VenueWord } from './own-order-word.ts';

type Answer = Extract<JournalEvent, { kind: 'answer' }>;
type FilledOnce = Pick<FillReport, 'price' | 'quantity'>;

/** An order of ours with all that is needed to fold any further line into it. */
export interface HeldOwnOrder {
  readonly order: OwnOrder;
  readonly answer?: Answer;
  /** Its answer is lost for good: Heartline ended, or what came made no sense. */
  readonly isAnswerLost: boolean;
  /** What was concluded from here. */
  readonly ruling?: 'absent' | 'placed';
  readonly isAsked: boolean;
  readonly isAmended: boolean;
  readonly cancel?: { readonly verdict: 'asked' | 'accepted' | 'unknown' | 'gone'; readonly at: number };
  readonly word: VenueWord;
  readonly fills: ReadonlyMap<string, FilledOnce>;
}

/** Of the evidence an order shows: the first and the newest. All of it stays in the journal. */
const FIRST_EVIDENCE = 10;
const NEWEST_EVIDENCE = 40;
/** So long after its cancel was answered an order that REST tells live is not being cancelled any more. */
const CANCEL_TAKES_MS = 5000;
const AVERAGE_PLACES = 12;
/** `detail` of a person's evidence that they saw the order at the venue; any other word of theirs is only kept. */
export const PERSON_SAW_IT = 'placed';

/**
 * One line into what is known of its order; `undefined` until it was `sending`. The one law of what becomes of an order:
 * reports and fills end in the same state whatever their sequence and however often they come; an ending the venue told stays,
 * late fills only add to what is filled; what was concluded without the venue (`unsent`, `unknown`) or from a refusal
 * yields to its word.
 */
export function foldOwnOrder(
  held: HeldOwnOrder | undefined,
  line: Pick<JournalLine, 'at' | 'event'>,
): HeldOwnOrder | undefined {
  const { at, event } = line;
  if (held === undefined) return event.kind === 'sending' ? begun(event.request, at) : undefined;
  const next = learned(held, event, at);
  if (next === held) return held;
  return { ...next, order: orderOf(next, at) };
}

function begun(request: OwnOrder['request'], at: number): HeldOwnOrder {
  return {
    order: {
      request,
      account: request.account,
      state: 'submitting',
      since: at,
      placedAt: at,
      filledQuantity: '0',
      evidence: [],
      isPersonAsked: false,
    },
    isAnswerLost: false,
    isAsked: false,
    isAmended: false,
    word: NO_VENUE_WORD,
    fills: new Map(),
  };
}

function learned(held: HeldOwnOrder, event: JournalEvent, at: number): HeldOwnOrder {
  switch (event.kind) {
    case 'sent':
      return { ...held, order: { ...held.order, sentAfterMs: event.afterMs } };
    case 'answer':
      return answered(held, event, at);
    case 'report': {
      const word = hearReport(held.word, event.report);
      const { cancel, ...rest } = held;
      const isLeftAlone =
        cancel !== undefined &&
        event.source === 'rest' &&
        !isTerminal(event.report.status) &&
        (cancel.verdict === 'unknown' || (cancel.verdict !== 'asked' && at - cancel.at >= CANCEL_TAKES_MS));
      if (isLeftAlone) return { ...rest, word };
      return word === held.word ? held : { ...held, word };
    }
    case 'fill': {
      const { id, price, quantity } = event.fill;
      const known = held.fills.get(id);
      if (known !== undefined && !isGreater({ price, quantity }, known)) return held;
      return { ...held, fills: new Map(held.fills).set(id, { price, quantity }) };
    }
    case 'evidence': {
      const { evidence } = event;
      const isSeen = evidence.kind === 'person' && evidence.detail === PERSON_SAW_IT;
      return {
        ...withEvidence(held, evidence),
        isAnswerLost: held.isAnswerLost || evidence.kind === 'answer',
        ...(isSeen && { ruling: 'placed' }),
      };
    }
    case 'absent':
      return {
        ...(event.by === 'person' ? withEvidence(held, { at, kind: 'person', detail: 'absent' }) : held),
        ruling: 'absent',
      };
    case 'asked':
      return { ...held, isAsked: true };
    case 'cancel':
      return { ...held, cancel: { verdict: 'asked', at } };
    case 'amend':
      return { ...held, isAmended: true };
    case 'done': {
      if (event.action === 'amend' || held.cancel === undefined) return held;
      if (event.verdict !== 'rejected') return { ...held, cancel: { verdict: event.verdict, at } };
      const { cancel: _, ...rest } = held;
      return rest;
    }
    case 'intent':
    case 'denied':
    case 'blocked':
    case 'override':
    case 'guarded':
    case 'confirm':
    case 'sending':
    case 'sweep':
    case 'armed':
    case 'disarmed':
    case 'halted':
    case 'resumed':
    case 'started':
      return held;
    default:
      return assertNever(event);
  }
}

/** What is certain is not made uncertain again by a second answer. */
function answered(held: HeldOwnOrder, event: Answer, at: number): HeldOwnOrder {
  const isVague = event.verdict === 'unknown' || event.verdict === 'exists';
  const detail = [event.venueCode, event.message]
    .filter((text) => text !== undefined && text !== '')
    .join(' ');
  const kind = event.verdict === 'exists' ? 'duplicate-id' : 'answer';
  const told = isVague ? withEvidence(held, { at, kind, detail }) : held;
  const isCertain = held.answer !== undefined && !isAmbiguous(held.answer);
  if (isVague && isCertain) return told;
  return { ...told, order: { ...told.order, answeredAfterMs: event.afterMs }, answer: event };
}

function isAmbiguous({ verdict }: Answer): boolean {
  return verdict === 'unknown' || verdict === 'exists';
}

function withEvidence(held: HeldOwnOrder, evidence: Evidence): HeldOwnOrder {
  const all = held.order.evidence;
  const last = all.at(-1);
  const isSaid = evidence.kind === 'answer' || evidence.kind === 'duplicate-id';
  // The answer line says it, and whoever looks into it may say it again in words of its own.
  if (isSaid && last?.kind === evidence.kind && last.detail === evidence.detail) return held;
  const kept =
    all.length < FIRST_EVIDENCE + NEWEST_EVIDENCE
      ? [...all, evidence]
      : [...all.slice(0, FIRST_EVIDENCE), ...all.slice(FIRST_EVIDENCE + 1), evidence];
  return { ...held, order: { ...held.order, evidence: kept } };
}

/** Everything that is shown follows from what is held. */
function orderOf(held: HeldOwnOrder, at: number): OwnOrder {
  const { order: before, answer } = held;
  const told = sumUp(held.word);
  const filled = filledOf(held, told);
  const ended = told && endOf(told.report.status);
  const state = stateOf(held, told !== undefined, ended, filled.quantity, told?.quantity);
  const heir = told?.report.isConditional ? told.report.becameOrderId : undefined;
  const venueOrderId = heir ?? told?.report.venueOrderId ?? answer?.venueOrderId ?? before.venueOrderId;
  const disproved = disprovedOf(held, ended, told !== undefined, filled.quantity);
  const { averagePrice: _, rejection: __, disproved: ___, isTriggered: ____, ...rest } = before;
  return {
    ...rest,
    state,
    since: state === before.state ? before.since : at,
    filledQuantity: filled.quantity.toFixed(),
    isPersonAsked: held.isAsked && state === 'unknown',
    ...(venueOrderId !== undefined && { venueOrderId }),
    ...(told !== undefined && {
      isConditional: told.report.isConditional && heir === undefined,
      ...(heir !== undefined && ended === undefined && { isTriggered: true }),
      status: shownStatus(told.report.status, filled.quantity),
      venueStatus: told.report.venueStatus,
    }),
    ...(filled.averagePrice !== undefined && { averagePrice: filled.averagePrice }),
    ...(disproved !== undefined && { disproved }),
    ...((state === 'rejected' || state === 'unsent') &&
      (answer?.verdict === 'rejected' || answer?.verdict === 'unsent') && {
        rejection: { venueCode: answer.venueCode ?? '', message: answer.message ?? '' },
      }),
  };
}

function stateOf(
  held: HeldOwnOrder,
  isTold: boolean,
  ended: OwnOrderState | undefined,
  filled: Big,
  toldQuantity: string | undefined,
): OwnOrderState {
  if (ended !== undefined) return ended;
  if (isWhole(held, filled, toldQuantity)) return 'filled';
  const live = held.cancel === undefined ? 'open' : 'cancelling';
  if (isTold || filled.gt(0)) return live;
  if (held.ruling !== undefined) return held.ruling === 'absent' ? 'unsent' : live;
  const verdict = held.answer?.verdict;
  switch (verdict) {
    case 'accepted':
      return live;
    case 'rejected':
      return 'rejected';
    case 'unsent':
      return 'unsent';
    case 'unknown':
    case 'exists':
      return 'unknown';
    case undefined:
      return held.isAnswerLost ? 'unknown' : 'submitting';
    default:
      return assertNever(verdict);
  }
}

/** All of it is executed though no report says so yet. Only where its quantity is certain. */
function isWhole(held: HeldOwnOrder, filled: Big, toldQuantity: string | undefined): boolean {
  const { request } = held.order;
  if (held.isAmended || request.closePosition || filled.lte(0)) return false;
  return filled.gte(request.quantity) && (toldQuantity === undefined || filled.gte(toldQuantity));
}

/** The most that any way of telling has told; the venue's own average where it is of that much. */
function filledOf(
  { fills }: HeldOwnOrder,
  told: ReturnType<typeof sumUp>,
): { readonly quantity: Big; readonly averagePrice: string | undefined } {
  let [quantity, cost] = [new Big(0), new Big(0)];
  for (const fill of fills.values()) {
    quantity = quantity.plus(fill.quantity);
    cost = cost.plus(new Big(fill.quantity).times(fill.price));
  }
  const fromFills = quantity.gt(0) ? cost.div(quantity).round(AVERAGE_PLACES).toFixed() : undefined;
  if (told === undefined || quantity.gt(told.filledQuantity)) return { quantity, averagePrice: fromFills };
  const isSame = quantity.eq(told.filledQuantity);
  return {
    quantity: new Big(told.filledQuantity),
    averagePrice: told.averagePrice ?? (isSame ? fromFills : undefined),
  };
}

function disprovedOf(
  { ruling, answer }: HeldOwnOrder,
  ended: OwnOrderState | undefined,
  isTold: boolean,
  filled: Big,
): OwnOrder['disproved'] {
  if (filled.lte(0) && (!isTold || ended === 'rejected')) return undefined;
  if (ruling === 'absent' || answer?.verdict === 'unsent') return 'unsent';
  // A refusal that is told again as an order that ended unfilled is the same refusal.
  return answer?.verdict === 'rejected' && (ended === undefined || filled.gt(0)) ? 'rejected' : undefined;
}

function endOf(status: OrderStatus): OwnOrderState | undefined {
  switch (status) {
    case 'FILLED':
      return 'filled';
    case 'CANCELED':
      return 'cancelled';
    case 'EXPIRED':
      return 'expired';
    case 'REJECTED':
      return 'rejected';
    case 'NEW':
    case 'PENDING_TRIGGER':
    case 'PARTIALLY_FILLED':
      return undefined;
    default:
      return assertNever(status);
  }
}

/** A venue may go on to say NEW after the first fill. */
function shownStatus(status: OrderStatus, filled: Big): OrderStatus {
  return status === 'NEW' && filled.gt(0) ? 'PARTIALLY_FILLED' : status;
}

/** Of two tellings of one fill the greater, so that it does not matter which came first. */
function isGreater(a: FilledOnce, b: FilledOnce): boolean {
  const quantity = new Big(a.quantity).cmp(b.quantity);
  return (quantity === 0 ? new Big(a.price).cmp(b.price) : quantity) > 0;
}
