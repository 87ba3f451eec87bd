import { HeartlineError } from '#shared/base/errors.ts';
import type { RequestHandlers, WatchOpeners } from '#shared/contract/api.ts';

type Requests = Exclude<
  keyof RequestHandlers,
  | 'drill.start'
  | 'drill.cancel'
  | 'fx.write'
  | 'heat.read'
  | 'paint.report'
  | 'app.describe'
  | 'instruments.list'
  | 'candles.load'
  | 'connections.reconnect'
  | 'connections.pause'
  | 'settings.read'
  | 'settings.write'
>;
type Watches = Exclude<
  keyof WatchOpeners,
  'metrics' | 'drill' | 'premium' | 'tickers' | 'book' | 'trades' | 'candles' | 'health' | 'log'
>;

const refuse = (): never => {
  throw new HeartlineError('internal', 'not built yet');
};

/** Scaffolding while the rooms are being built: goes away with the last of them. */
export const unbuilt = {
  requests: {
    'timeline.read': refuse,
    'incidents.list': refuse,

    'evidence.export': refuse,
    'alarms.acknowledge': refuse,
    'alarms.snooze': refuse,
    'alarms.test': refuse,

    'venues.offered': refuse,
    'venues.add': refuse,
    'venues.remove': refuse,
    'recording.start': refuse,
    'recording.stop': refuse,
    'recording.list': refuse,
  } satisfies Pick<RequestHandlers, Requests>,
  watches: {
    incidents: refuse,
    alarms: refuse,
    recording: refuse,
  } satisfies Pick<WatchOpeners, Watches>,
};
