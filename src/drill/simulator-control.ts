import { HeartlineError } from '#shared/base/errors.ts';

/** The control endpoint of a simulator on this machine: faults and truth. Never anything else. */
export interface SimulatorControl {
  /** Injects a fault; the id to end it with (0 for what is done at once). */
  fault(spec: Readonly<Record<string, string | number>>): Promise<number>;
  clearFaults(): Promise<void>;
  read(path: string): Promise<unknown>;
}

/** Throws `drill.refused` for any address but a loopback one. */
export function createSimulatorControl(address: string): SimulatorControl {
  const url = new URL(address);
  if (url.protocol !== 'http:' || url.hostname !== '127.0.0.1') {
    throw new HeartlineError(
      'drill.refused',
      `a drill runs against a simulator on this machine only, not against ${url.host}`,
      {
        details: { host: url.host },
      },
    );
  }

  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${url.origin}/_sim/${path}`, {
      method,
      redirect: 'error',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told: unknown = await answer.json();
    if (answer.ok) return told;
    throw new HeartlineError(
      'drill.failed',
      `the simulator answered ${answer.status} to ${method} ${path}: ${JSON.stringify(told)}`,
    );
  }

  return {
    async fault(spec) {
      const { id } = (await ask('POST', 'faults', spec)) as { id: number };
      return id;
    },
    async clearFaults() {
      await ask('DELETE', 'faults');
    },
    read: (path) => ask('GET', path),
  };
}
