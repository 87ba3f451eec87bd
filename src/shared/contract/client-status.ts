/**
 * `connecting`: an attempt is under way. `open`. `waiting`: lost or not reached, tried again shortly.
 * `refused`: the host is there and does not know this window (its session ended); only a new link helps,
 * though it keeps trying slowly. `closed`: closed by us, for good.
 */
export type ClientStatus = 'connecting' | 'open' | 'waiting' | 'refused' | 'closed';
