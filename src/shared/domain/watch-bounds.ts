/** Instruments of all lists of a watchlist together: as many as a window may watch at once. */
export const WATCHED_AT_MOST = 1000;
export const WATCH_GROUPS_AT_MOST = 40;
