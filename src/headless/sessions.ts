import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const MAX_SESSIONS = 32;
const MAX_TRIED = 8;

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
      // More than one may carry our name: every program on this machine may set cookies for this address.
      const asked = cookieHeader
        .split(';')
        .map((part) => part.trim())
        .filter((part) => part.startsWith(`${name}=`))
        .slice(0, MAX_TRIED)
        .map((part) => sha256(part.slice(name.length + 1)));
      return asked.some((digest) => digests.filter((known) => timingSafeEqual(known, digest)).length > 0);
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
