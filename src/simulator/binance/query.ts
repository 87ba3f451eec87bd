/** A refusal in the venue's words. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;

  constructor(code: number, message: string, status = 400) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
  }
}

/** Typed reading of a request's query; what is malformed throws the venue's own refusal. */
export class Query {
  readonly #params: URLSearchParams;

  constructor(params: URLSearchParams) {
    this.#params = params;
  }

  text(name: string): string | undefined {
    const value = this.#params.get(name);
    return value === null || value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value !== undefined) return value;
    throw new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
  }

  integer(name: string): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (!/^-?\d{1,16}$/.test(value)) {
      throw new Refusal(-1102, `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`);
    }
    return Number(value);
  }

  /** Within 1 and `max`, else −1130. */
  limit(standard: number, max: number): number {
    const value = this.integer('limit') ?? standard;
    if (value < 1 || value > max) throw new Refusal(-1130, "Data sent for parameter 'limit' is not valid.");
    return value;
  }

  /** Both ends of a time window, where given. */
  window(): { readonly startTime: number | undefined; readonly endTime: number | undefined } {
    const startTime = this.integer('startTime');
    const endTime = this.integer('endTime');
    if (startTime !== undefined && endTime !== undefined && startTime > endTime) {
      throw new Refusal(-1023, 'Start time is greater than end time.');
    }
    return { startTime, endTime };
  }
}
