import { uuids } from '../korean/venue-ids.ts';

/** What Upbit calls orders, fills and frames of assets. */
export const ORDER_IDS = uuids('upbit order');
export const FILL_IDS = uuids('upbit fill');
export const ASSET_IDS = uuids('upbit asset');
