import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAM = join(import.meta.dirname, 'keychain-program.ts');
const WANTED = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'] as const;

/** Why there can be no Secret Service to test with here; `undefined`: there is one, installed now where that was the only way. */
export function missingSecretService(): string | undefined {
  if (process.platform !== 'linux')
    return 'a Secret Service is for Linux: the real keychain of this system is left alone';
  if (missing().length === 0) return undefined;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    process.stderr.write('No keyring to test with: installing Debian’s gnome-keyring and dbus packages.\n');
    const packages = ['gnome-keyring', 'dbus', 'dbus-bin', 'dbus-daemon'];
    if (aptGet('update')) aptGet('install', '-y', '--no-install-recommends', ...packages);
  }
  const left = missing();
  return left.length === 0
    ? undefined
    : `${left.join(', ')} not found, and not to be had with apt-get as root: the real keyring was not tested`;
}

function missing(): readonly string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return WANTED.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
}

function aptGet(...args: readonly string[]): boolean {
  const { status } = spawnSync('apt-get', ['-q', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 120_000,
    killSignal: 'SIGKILL',
  });
  return status === 0;
}

/** A session bus of its own that starts nothing by itself: a service that ended stays ended. */
const BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export interface KeychainProgram {
  /** One line in, one line out: see `keychain-program.ts`. */
  ask(request: object): Promise<Readonly<Record<string, unknown>>>;
  end(): Promise<void>;
}

/** A gnome-keyring in a home of its own, on a bus of its own: nobody's real keyring is near it. */
export interface SecretService extends AsyncDisposable {
  /** Starts the keyring, opened; the first time, that makes it. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Locks the collection; nobody sits at a screen to open it again. */
  lock(): void;
  /** How many secrets it has. */
  count(): number;
  /** A Heartline with this keychain, as a process of its own. */
  run(): KeychainProgram;
}

export async function openSecretService(): Promise<SecretService> {
  const home = mkdtempSync(join(tmpdir(), 'heartline-keyring-'));
  const runtime = join(home, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  const config = join(home, 'bus.conf');
  writeFileSync(config, BUS);
  const { DISPLAY: _x, WAYLAND_DISPLAY: _wayland, ...inherited } = process.env;
  const own = {
    ...inherited,
    HOME: home,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_RUNTIME_DIR: runtime,
  };
  // The bus lives as long as what runs in it, and that as long as its input is open.
  const bus = spawn(
    'dbus-run-session',
    [`--config-file=${config}`, '--', 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'],
    { env: own, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string];
  const env = { ...own, DBUS_SESSION_BUS_ADDRESS: address };
  const running = new Set<ChildProcess>();
  let daemon: ChildProcess | undefined;

  function send(path: string, method: string, ...args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(
      'dbus-send',
      ['--session', '--print-reply', '--dest=org.freedesktop.secrets', path, method, ...args],
      { env, encoding: 'utf8', timeout: 10_000 },
    );
    if (status !== 0) throw new Error(`dbus-send ${method}: ${stderr}`);
    return stdout;
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  return {
    async start() {
      const started = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        env,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      daemon = started;
      running.add(started);
      started.stdin.end('the password of nobody');
      const deadline = AbortSignal.timeout(15_000);
      while (!isThere()) {
        deadline.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      if (daemon) await end(daemon);
    },
    lock() {
      send(
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        'array:objpath:/org/freedesktop/secrets/collection/login',
      );
    },
    count() {
      const items = send(
        '/org/freedesktop/secrets/collection/login',
        'org.freedesktop.DBus.Properties.Get',
        'string:org.freedesktop.Secret.Collection',
        'string:Items',
      );
      return items.split('object path').length - 1;
    },
    run() {
      const child = spawn(process.execPath, [PROGRAM], { env, stdio: ['pipe', 'pipe', 'inherit'] });
      running.add(child);
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
      return {
        async ask(request) {
          child.stdin.write(`${JSON.stringify(request)}\n`);
          const { value } = (await lines.next()) as { value?: string };
          if (value === undefined) throw new Error('the program has ended');
          return JSON.parse(value) as Record<string, unknown>;
        },
        async end() {
          const ended = once(child, 'exit');
          child.stdin.end();
          await ended;
        },
      };
    },
    async [Symbol.asyncDispose]() {
      for (const child of running) await end(child);
      const ended = once(bus, 'exit');
      bus.stdin.end();
      await ended;
      rmSync(home, { recursive: true, force: true });
    },
  };

  /** Opened, with a collection to write to. */
  function isThere(): boolean {
    try {
      return send(
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.ReadAlias',
        'string:default',
      ).includes('/collection/login');
    } catch {
      return false; // not yet
    }
  }
}
