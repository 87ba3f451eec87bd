import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import type { Notices } from './stores/notices.ts';

/** What no panel's boundary caught is said on the screen too, instead of leaving it silently half-working. */
export function reportFaults(notices: Notices): void {
  const show = (fault: unknown) =>
    notices.show(
      fault instanceof HeartlineError
        ? fault
        : new HeartlineError('unknown', messageOf(fault), { cause: fault }),
    );
  window.addEventListener('error', (event) => {
    // No fault: what a panel's new size changed is measured in the next frame.
    if (event.error == null && event.message.startsWith('ResizeObserver loop')) return;
    show(event.error ?? event.message);
  });
  window.addEventListener('unhandledrejection', (event) => show(event.reason));
}
