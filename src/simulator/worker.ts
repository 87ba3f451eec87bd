import { parentPort, workerData } from 'node:worker_threads';
import { HeartlineError, messageOf } from '#shared/base/errors.ts';
import { systemClock } from '#shared/base/system-clock.ts';
import { openSimulation, type Simulation } from './simulation.ts';
import type { WorkerMessage, WorkerStart } from './worker-protocol.ts';

const start = workerData as WorkerStart;
const tell = (message: WorkerMessage) => parentPort?.postMessage(message);

try {
  const simulation = await openSimulation({
    ...start,
    clock: systemClock,
    stopAsked: () => {
      tell({ kind: 'stopping', reason: 'stopped through its control endpoint' });
      // The answer to the request that asked leaves first.
      systemClock.after(50, () => void end(simulation));
    },
  });
  parentPort?.on('message', () => void end(simulation));
  tell({ kind: 'ready', address: simulation.address });
} catch (fault) {
  const known = fault instanceof HeartlineError;
  const code = known ? fault.code : 'simulator.failed';
  tell({ kind: 'failed', code, message: messageOf(fault), details: known ? fault.details : {} });
  parentPort?.close();
}

async function end(simulation: Simulation): Promise<void> {
  await simulation.close();
  parentPort?.close();
}
