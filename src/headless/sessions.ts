import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const MAX_SESSIONS = 32;

export interface Sessions {
  /** Starts a session and gives the `Set-Cookie` line for it. */
  open(): string;
  /** Whether a `Cookie` header names a session of ours. */
  knows(cookieHeader: string | undefined): boolean;
}

/**
 * Sessions live in memory: they end with the host. The port is part of the cookie's name, because
 * browsers share cookies between all ports of one address. Not `Secure`: there is no TLS on loopback.
 */
export function createSessions(port: number): Sessions {
  const name = `heartline-${port}`;
  let digests: readonly Buffer[] = [];
  return {
    open() {
      const id = randomBytes(32).toString('base64url');
      digests = [sha256(id), ...digests].slice(0, MAX_SESSIONS);
      return `${name}=${id}; HttpOnly; SameSite=Strict; Path=/`;
    },
    knows(cookieHeader = '') {
      const id = cookieHeader
        .split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith(`${name}=`))
        ?.slice(name.length + 1);
      if (id === undefined) return false;
      const digest = sha256(id);
      return digests.filter((known) => timingSafeEqual(known, digest)).length > 0;
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
