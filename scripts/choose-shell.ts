import type { ElectronRuntime } from './electron-runtime.ts';

export type Wish = 'desktop' | 'headless' | 'either';

/** Which shell to start. A `reason` is the one line that says why it is not the desktop app. */
export type Choice =
  | { readonly kind: 'desktop'; readonly executable: string }
  | { readonly kind: 'headless'; readonly reason?: string }
  | { readonly kind: 'impossible'; readonly reason: string };

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly electron: () => ElectronRuntime;
  /** Tries to bring the runtime here; gives the reason when it cannot. */
  readonly fetchElectron: () => Promise<string | undefined>;
}

/** A person's wish, or else: the desktop app where its runtime and a display exist, the headless host elsewhere. */
export async function chooseShell(wish: Wish, around: Surroundings): Promise<Choice> {
  if (wish === 'headless') return { kind: 'headless' };
  const instead = (reason: string): Choice =>
    wish === 'desktop' ? { kind: 'impossible', reason } : { kind: 'headless', reason };

  // Asked for by name, the desktop app is tried on a CI machine too.
  if (wish === 'either' && isCi(around.environment)) return instead('this is a CI machine');
  if (!hasDisplay(around)) return instead('there is no display here');
  const found = around.electron();
  if (found.kind === 'present') return { kind: 'desktop', executable: found.executable };
  const failure = isCi(around.environment) ? found.reason : await around.fetchElectron();
  if (failure !== undefined) return instead(failure);
  const fetched = around.electron();
  return fetched.kind === 'present'
    ? { kind: 'desktop', executable: fetched.executable }
    : instead(fetched.reason);
}

function isCi({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0';
}

function hasDisplay({ environment, platform }: Surroundings): boolean {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}
