import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { SimulatorAddress } from '../worker-protocol.ts';

/** The simulator as a program of its own, which the system can stop in the middle of anything. */
export interface SimulatorProcess extends AsyncDisposable {
  readonly address: SimulatorAddress;
  /** Stops it where it stands: its sockets stay, and nobody answers. */
  stop(): void;
  resume(): void;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

export async function startSimulatorProcess(seed: number): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [MAIN, '--seed', String(seed)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const end = async () => {
    // SIGKILL reaches a stopped process too.
    child.kill('SIGKILL');
    await ended;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const address = JSON.parse(line) as SimulatorAddress;
    return {
      address,
      stop: () => void child.kill('SIGSTOP'),
      resume: () => void child.kill('SIGCONT'),
      [Symbol.asyncDispose]: end,
    };
  }
  throw new Error('the simulator ended without a ready line');
}
