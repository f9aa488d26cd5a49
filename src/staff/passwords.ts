import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';
import { UnavailableError } from '#src/domain/errors.ts';
import { normalizePassword, PASSWORD_MAX_BYTES } from '#src/domain/staff/password.ts';

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet, argon2id, first choice of parameters after 46 MiB). */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 };
/** How a hash of these parameters begins; another one is made anew when its password is next given. */
const CURRENT = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashes occupy the threads that files are read with: two at once leave two, and a queue that grows is refused. */
const turns = pLimit(2);
const QUEUE_MAX = 16;

async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (turns.pendingCount >= QUEUE_MAX) throw new UnavailableError('登录请求过多，请稍后再试');
  return turns(work);
}

/** The PHC string that is kept of a password. @throws UnavailableError when too many wait */
export const hashPassword = (password: string): Promise<string> =>
  inTurn(() => hash(normalizePassword(password), PARAMETERS));

let dummy: Promise<string> | undefined;

/**
 * Whether a password is the one that a hash was made of. Without a hash (unknown name, no password yet) as much is computed, so that
 * the time tells nobody which names exist. @throws UnavailableError when too many wait
 */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const plain = normalizePassword(password);
  if (new TextEncoder().encode(plain).length > PASSWORD_MAX_BYTES) return false;
  dummy ??= hash('no account has this password', PARAMETERS);
  const against = stored ?? (await dummy);
  const isRight = await inTurn(() => verify(against, plain));
  return stored !== null && isRight;
}

/** Whether a hash was made with weaker parameters than those of today. */
export const isOutdated = (stored: string): boolean => !stored.startsWith(CURRENT);
