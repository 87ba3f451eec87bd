import type { VenueId } from './instrument.ts';

/** One finished or growing file of raw frames in the data folder. */
export interface RecordingFile {
  readonly fileName: string;
  readonly venues: readonly VenueId[];
  /** Wall times, ms epoch. */
  readonly from: number;
  readonly to: number;
  readonly frames: number;
  /** Compressed, on disk. */
  readonly bytes: number;
}

export interface RecordingView {
  readonly isOn: boolean;
  readonly streams: readonly string[];
  readonly file?: RecordingFile;
  /** All recordings together may take this much; the oldest files go first. */
  readonly capBytes: number;
  readonly usedBytes: number;
  /** Frames not written since the start because the disk was too slow or full. */
  readonly droppedFrames: number;
}
