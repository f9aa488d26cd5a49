/** Fewest characters of a password. */
export const PASSWORD_MIN = 12;
/** Most bytes (UTF-8) of a password: what is longer is refused before it is hashed. */
export const PASSWORD_MAX_BYTES = 256;
/** Fewest different characters, so that a repeated one is none. */
const DISTINCT_MIN = 5;

/**
 * A password in the form that is hashed. Input methods for Chinese type full-width letters and digits where the next device types
 * plain ones: both are the same password (NFKC).
 */
export const normalizePassword = (password: string): string => password.normalize('NFKC');

/** What is wrong with a new password, for people; null when it may be used. Length counts, not kinds of characters (NIST SP 800-63B, memorized secrets). */
export function passwordFault(password: string, names: readonly string[]): string | null {
  const plain = normalizePassword(password);
  if ([...plain].length < PASSWORD_MIN) return `密码至少 ${PASSWORD_MIN} 个字符`;
  if (new TextEncoder().encode(plain).length > PASSWORD_MAX_BYTES) return `密码不能超过 ${PASSWORD_MAX_BYTES} 字节`;
  if (new Set(plain).size < DISTINCT_MIN) return '密码里不同的字符太少';
  const lower = plain.toLowerCase();
  if (names.some((name) => name.length >= 3 && lower.includes(name.toLowerCase()))) return '密码里不能有账号名或姓名';
  return null;
}
