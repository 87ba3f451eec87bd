import type { IncomingHttpHeaders } from 'node:http';

/** The only names under which this host answers, as they stand in a `Host` header. */
function allowedHosts(port: number): readonly string[] {
  // A browser leaves the default port out.
  const suffix = port === 80 ? '' : `:${port}`;
  return [`127.0.0.1${suffix}`, `localhost${suffix}`];
}

/** False for a foreign name that was pointed at loopback (DNS rebinding). */
export function isOurHost(headers: IncomingHttpHeaders, port: number): boolean {
  return headers.host !== undefined && allowedHosts(port).includes(headers.host);
}

/** True only for a page of this very host; a missing `Origin` is not one. Ask `isOurHost` first. */
export function isOurOrigin(headers: IncomingHttpHeaders): boolean {
  return headers.origin !== undefined && headers.origin === `http://${headers.host}`;
}
