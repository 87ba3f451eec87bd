import type { LayoutDocument } from '#shared/contract/layout-api.ts';
import type { PanelKind } from './panel-list.ts';

export interface WorkspaceState {
  /** `undefined` until the engine has told it. */
  readonly document: LayoutDocument | undefined;
  /** Name of the layout or preset the desk was last given. */
  readonly current: string;
  readonly open: ReadonlySet<PanelKind>;
  /** One column, for a window without room. */
  readonly isCompact: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}
