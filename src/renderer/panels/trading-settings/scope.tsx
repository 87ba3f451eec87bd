import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Settings } from '#shared/contract/settings.ts';
import { type AccountId, accountVenue } from '#shared/domain/account.ts';
import type { VenueId } from '#shared/domain/instrument.ts';
import type { TradingLimits } from '#shared/domain/trading-limits.ts';
import { useDesk } from '../../ui/desk-context.ts';

type Trading = Settings['trading'];
type Own = Trading['venues'][string];

/** Whose limits: everyone's, one venue's, one account's. The more specific wins. */
export type Scope =
  | { readonly kind: 'general' }
  | { readonly kind: 'venue'; readonly venue: VenueId }
  | { readonly kind: 'account'; readonly account: AccountId };

export const GENERAL: Scope = { kind: 'general' };

export function scopeKey(scope: Scope): string {
  return scope.kind === 'general'
    ? ''
    : scope.kind === 'venue'
      ? `venue ${scope.venue}`
      : `account ${scope.account}`;
}

/** Limits set for exactly this scope. */
export function ownLimits(trading: Trading, scope: Scope): Partial<TradingLimits> {
  if (scope.kind === 'general') return trading.limits;
  return without(scope.kind === 'venue' ? trading.venues[scope.venue] : trading.accounts[scope.account]);
}

/** What holds there while nothing of its own is set. */
export function inheritedBy(trading: Trading, scope: Scope): TradingLimits {
  if (scope.kind !== 'account') return trading.limits;
  return { ...trading.limits, ...without(trading.venues[accountVenue(scope.account)]) };
}

/** The settings with these limits for this scope; a scope without any is not kept. */
export function withOwn(trading: Trading, scope: Scope, own: Partial<TradingLimits>): Trading {
  if (scope.kind === 'general') return { ...trading, limits: { ...trading.limits, ...own } };
  const [part, id] =
    scope.kind === 'venue' ? (['venues', scope.venue] as const) : (['accounts', scope.account] as const);
  const { [id]: _, ...others } = trading[part];
  return { ...trading, [part]: Object.keys(own).length === 0 ? others : { ...others, [id]: own } };
}

function without(own: Own | undefined): Partial<TradingLimits> {
  return Object.fromEntries(
    Object.entries(own ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<TradingLimits>;
}

interface ScopeChoiceProps {
  readonly scope: Scope;
  readonly trading: Trading;
  readonly onChoose: (scope: Scope) => void;
}

export function ScopeChoice({ scope, trading, onChoose }: ScopeChoiceProps) {
  const { t } = useTranslation();
  const { app, holdings } = useDesk();
  const accounts = useStore(holdings.accounts.store, ({ view }) => view?.accounts) ?? [];
  const scopes: readonly { readonly scope: Scope; readonly label: string }[] = [
    { scope: GENERAL, label: t('limits.general') },
    ...app.venues.map(({ id, name }) => ({ scope: { kind: 'venue', venue: id } as const, label: name })),
    ...accounts.map(({ id, label, venue }) => ({
      scope: { kind: 'account', account: id } as const,
      label: `${app.venues.find((one) => one.id === venue)?.name ?? venue} · ${label}`,
    })),
  ];
  return (
    <label className="form-row">
      <span>{t('limits.whose')}</span>
      <select
        className="field"
        value={scopeKey(scope)}
        data-testid="limits-scope"
        onChange={({ target }) => {
          const next = scopes.find((one) => scopeKey(one.scope) === target.value);
          if (next) onChoose(next.scope);
        }}
      >
        {scopes.map(({ scope: one, label }) => (
          <option key={scopeKey(one)} value={scopeKey(one)}>
            {label}
            {one.kind !== 'general' && Object.keys(ownLimits(trading, one)).length > 0 ? ' *' : ''}
          </option>
        ))}
      </select>
    </label>
  );
}
