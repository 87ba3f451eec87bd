import { HeartlineError } from '#shared/base/errors.ts';
import type { RequestHandlers, WatchOpeners } from '#shared/contract/api.ts';

type Requests = Exclude<
  keyof RequestHandlers,
  | 'drill.start'
  | 'drill.cancel'
  | 'fx.write'
  | 'venues.offered'
  | 'venues.add'
  | 'venues.remove'
  | 'timeline.read'
  | 'incidents.list'
  | 'evidence.export'
  | 'alarms.acknowledge'
  | 'alarms.snooze'
  | 'alarms.test'
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
  | 'metrics'
  | 'incidents'
  | 'alarms'
  | 'drill'
  | 'premium'
  | 'tickers'
  | 'book'
  | 'trades'
  | 'candles'
  | 'health'
  | 'log'
>;

const refuse = (): never => {
  throw new HeartlineError('internal', 'not built yet');
};

/** Scaffolding while the rooms are being built: goes away with the last of them. */
export const unbuilt = {
  requests: {
    'recording.start': refuse,
    'recording.stop': refuse,
    'recording.list': refuse,
  } satisfies Pick<RequestHandlers, Requests>,
  watches: {
    recording: refuse,
  } satisfies Pick<WatchOpeners, Watches>,
};
