/** Speaks to the simulator's control endpoint, the way a person with curl would. */
export interface SimulatorControl {
  get(path: string): Promise<unknown>;
  post(path: string, body?: Readonly<Record<string, unknown>>): Promise<unknown>;
  delete(path: string): Promise<unknown>;
}

/** `address`: the control address of the ready line; `path`: below `/_sim/`. Throws on any answer but 2xx. */
export function simulatorControl(address: string): SimulatorControl {
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${address}/_sim/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`simulator: ${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    get: (path) => call('GET', path),
    post: (path, body = {}) => call('POST', path, body),
    delete: (path) => call('DELETE', path),
  };
}
