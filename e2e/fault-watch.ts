import type { Page } from '@playwright/test';

/** Collects everything a healthy desk never says: console errors, uncaught errors, CSP violations. */
export interface FaultWatch {
  watch(page: Page): Promise<void>;
  /** Faults matching `pattern` are expected in this test, e.g. because it pulls the plug. */
  allow(pattern: RegExp): void;
  readonly unexpected: readonly string[];
}

export function createFaultWatch(): FaultWatch {
  const seen: string[] = [];
  const allowed: RegExp[] = [];
  return {
    async watch(page) {
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (fault) => seen.push(`uncaught: ${fault.message}`));
      page.on('crash', () => seen.push('the page crashed'));
      await page.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
          console.error(`content security policy: ${violatedDirective} stopped ${blockedURI}`),
        );
      });
    },
    allow: (pattern) => {
      allowed.push(pattern);
    },
    get unexpected() {
      return seen.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
    },
  };
}
