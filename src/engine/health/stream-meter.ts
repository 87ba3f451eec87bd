/** Counts one stream's frames. Called once per data frame: it allocates nothing. */
export interface StreamMeter {
  /**
   * One data frame arrived. `venueTime` and `receivedAt` wall ms; the offset between the clocks is the meter's business.
   * `venueTime` NaN: it told of something old, which says nothing of the way here.
   */
  frame(bytes: number, venueTime: number, receivedAt: number): void;
  /** Something of the stream left for a window; `receivedAt` is when the newest of it arrived. */
  published(receivedAt: number, now: number): void;
}

/** For tests, and for where nobody measures. */
export const SILENT_METER: StreamMeter = { frame: () => undefined, published: () => undefined };
