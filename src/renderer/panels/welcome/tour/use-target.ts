import { useEffect, useState } from 'react';
import { useDesk } from '../../../ui/desk-context.ts';
import type { Box } from './place-card.ts';
import type { TourStep } from './tour-steps.ts';

/** A view's code may still be on its way. */
const PATIENCE_MS = 3_000;
const LOOK_EVERY_MS = 60;

export type Target =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly testId: string; readonly box: Box }
  | { readonly kind: 'missing' };

function find(testIds: readonly string[]): { readonly testId: string; readonly box: Box } | undefined {
  for (const testId of testIds) {
    const element = document.querySelector(`[data-testid="${testId}"]`);
    if (element?.checkVisibility({ visibilityProperty: true }) !== true) continue;
    const { left, top, width, height } = element.getBoundingClientRect();
    if (width > 0 && height > 0) return { testId, box: { left, top, width, height } };
  }
  return undefined;
}

const isSame = (one: Box, other: Box) =>
  one.left === other.left &&
  one.top === other.top &&
  one.width === other.width &&
  one.height === other.height;

/** Brings what a step points at onto the desk, and follows where it stands. `missing`: it could not be had. */
export function useTarget(step: TourStep): Target {
  const { view, workspace, clock } = useDesk();
  const [target, setTarget] = useState<Target>({ kind: 'looking' });
  useEffect(() => {
    view.show(step.view);
    if (step.panel !== undefined) workspace.open(step.panel);
    setTarget({ kind: 'looking' });
    let ended = false;
    let cancel: () => void = () => undefined;
    let waitedMs = 0;
    const look = () => {
      if (ended) return;
      const found = find(step.targets);
      setTarget((before) => {
        if (found === undefined) return waitedMs < PATIENCE_MS ? { kind: 'looking' } : { kind: 'missing' };
        const stands =
          before.kind === 'found' && before.testId === found.testId && isSame(before.box, found.box);
        return stands ? before : { kind: 'found', ...found };
      });
      waitedMs += LOOK_EVERY_MS;
      cancel = clock.after(LOOK_EVERY_MS, look);
    };
    look();
    return () => {
      ended = true;
      cancel();
    };
  }, [step, view, workspace, clock]);
  return target;
}
