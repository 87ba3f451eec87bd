/** Speaks to the simulator's control endpoint, the way a person with curl would. */
export interface SimulatorControl {
  get(path: string): Promise<unknown>;
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
}

/** `address`: the control address of the ready line; `path`: below `/_sim/`. Throws on any answer but 2xx. */
export function simulatorControl(address: string): SimulatorControl {
  const call = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${address}/_sim/${path}`, init);
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator: ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    get: (path) => call(path),
    post: (path, body = {}) =>
      call(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}
