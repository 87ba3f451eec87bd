export interface HeartlineErrorOptions {
  readonly cause?: unknown;
  /** Values named in the text for the person, e.g. `{ instrument: 'binance:XYZ-USDT-PERP' }`. JSON-safe. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/**
 * Every error Heartline throws on purpose. `code` is stable and names the text for the person
 * (`errors.<code>` in the renderer's languages); `message` is the text for the log.
 */
export class HeartlineError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, options: HeartlineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HeartlineError';
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** The log text of anything that was thrown. */
export function messageOf(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
