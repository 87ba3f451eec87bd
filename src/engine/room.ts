import type { RequestHandlers, WatchOpeners } from '#shared/contract/api.ts';

/** One part of the engine that answers some requests and opens some watches. Together the rooms answer all of them. */
export interface Room<Requests extends keyof RequestHandlers, Watches extends keyof WatchOpeners> {
  readonly requests: Pick<RequestHandlers, Requests>;
  readonly watches: Pick<WatchOpeners, Watches>;
}
