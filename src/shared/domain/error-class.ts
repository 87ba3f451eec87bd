import type { Cause } from './connection.ts';

/** What kind of trouble it is: decides the words for the person and what Heartline does next. */
export const ERROR_CLASSES = [
  'connection',
  'protocol',
  'timeout',
  'auth',
  'rate-limit',
  'ban',
  'geo',
  'maintenance',
  'clock',
  'venue',
] as const;
export type ErrorClass = (typeof ERROR_CLASSES)[number];

/** The class of a connection's cause; `undefined` where nothing went wrong (the person asked, the machine slept). */
export function errorClassOf(code: Cause['code']): ErrorClass | undefined {
  switch (code) {
    case 'socket.refused':
    case 'socket.reset':
    case 'socket.closed':
    case 'socket.dns':
    case 'unknown':
      return 'connection';
    case 'socket.handshake':
    case 'socket.silent':
    case 'socket.slow':
    case 'timeout':
      return 'timeout';
    case 'protocol':
      return 'protocol';
    case 'auth':
      return 'auth';
    case 'rate-limit':
      return 'rate-limit';
    case 'ban':
      return 'ban';
    case 'geo':
      return 'geo';
    case 'maintenance':
      return 'maintenance';
    case 'clock':
      return 'clock';
    case 'venue.error':
    case 'circuit':
      return 'venue';
    case 'resume':
    case 'user':
    case 'recording.end':
      return undefined;
  }
}
