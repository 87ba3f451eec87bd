import { CSPProvider } from '@base-ui/react/csp-provider';
import { Select as Parts } from '@base-ui/react/select';
import { type ReactNode, useState } from 'react';
import { floatingHost } from './floating-host.ts';

interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  /** Stands before the words. */
  readonly icon?: ReactNode;
  readonly hint?: string;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  /** Of the button; an option's is `<testId>-<value>`. */
  readonly testId: string;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly disabled?: boolean;
  readonly className?: string;
  readonly onChoose: (value: Value) => void;
}

/** One of several, where the browser's own list cannot show what has to be seen: a colour, a mark, a second word. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, testId, value, options, disabled = false, className = 'field', onChoose } = props;
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const chosen = options.find((option) => option.value === value);
  return (
    // Without style elements of the library's own, which the window's policy forbids.
    <CSPProvider disableStyleElements>
      <Parts.Root
        value={value}
        modal={false}
        disabled={disabled}
        onValueChange={(next) => {
          if (next !== null) onChoose(next);
        }}
      >
        <Parts.Trigger
          ref={setAnchor}
          className={`select ${className}`}
          aria-label={label}
          data-testid={testId}
        >
          {chosen?.icon}
          <Parts.Value>{chosen?.label ?? value}</Parts.Value>
          <span className="select-arrow" aria-hidden="true">
            ▾
          </span>
        </Parts.Trigger>
        <Parts.Portal container={floatingHost(anchor)}>
          <Parts.Positioner
            className="floating"
            alignItemWithTrigger={false}
            sideOffset={4}
            positionMethod="fixed"
            collisionPadding={6}
          >
            <Parts.Popup className="menu" aria-label={label}>
              {options.map((option) => (
                <Parts.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className="menu-item"
                  data-testid={`${testId}-${option.value}`}
                >
                  <span className="menu-check" aria-hidden="true">
                    {option.value === value ? '✓' : ''}
                  </span>
                  {option.icon}
                  <Parts.ItemText className="menu-label">{option.label}</Parts.ItemText>
                  {option.hint !== undefined && <span className="menu-hint">{option.hint}</span>}
                </Parts.Item>
              ))}
            </Parts.Popup>
          </Parts.Positioner>
        </Parts.Portal>
      </Parts.Root>
    </CSPProvider>
  );
}
