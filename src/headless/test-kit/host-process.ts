import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { systemClock } from '#shared/base/system-clock.ts';
import { type ContractClient, createClient } from '#shared/contract/client.ts';
import { connectWebSocket } from '#shared/contract/web-socket-channel.ts';

/** A headless host as a program of its own, and a window that is signed in to it. */
export interface HostProcess extends AsyncDisposable {
  readonly client: ContractClient;
  /** Address of the simulator's control endpoint inside it. */
  readonly simulator: string;
  kill(signal: NodeJS.Signals): void;
}

const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** The simulated market on a data folder. The window must have been built. */
export async function startHostProcess(dataDir: string): Promise<HostProcess> {
  const child = spawn(process.execPath, [MAIN, '--json', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { url, simulator } = JSON.parse(line) as { url: string; simulator: string };
    const client = await openWindow(new URL(url));
    return {
      client,
      simulator,
      kill: (signal) => void child.kill(signal),
      async [Symbol.asyncDispose]() {
        client.close();
        // Reaches a stopped process too.
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  throw new Error('the host ended without a ready line');
}

async function openWindow({ origin, host, hash }: URL): Promise<ContractClient> {
  const answer = await fetch(`${origin}/login`, {
    method: 'POST',
    headers: { Origin: origin },
    body: JSON.stringify({ token: hash.slice('#token='.length) }),
  });
  const headers = { Origin: origin, Cookie: answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '' };
  return createClient({
    clock: systemClock,
    connect: () =>
      connectWebSocket({
        open: () => new WebSocket(`ws://${host}/contract`, { headers }) as never,
        sessionStatus: () => Promise.resolve(204),
      }),
  });
}
