import { ID_PATTERN } from '../identifiers/ids.ts';

/** What somebody types who wants to verify something: its number alone, or the code of a printed page. */
export interface VerifyCode {
  id: string;
  /** Null where only the number was given. */
  printed: { version: number; seal: string } | null;
}

/** Digits of the seal that a printed code has: nobody makes another version that begins with the same 32 bits by chance. */
const DIGITS = 8;
const CODE = new RegExp(`^([a-z2-7]{12})(?:-([1-9]\\d{0,5})-([0-9a-f]{${DIGITS}}))?$`);

/** The code that a printed version carries: number, version and the beginning of its seal. */
export const formatPrintCode = ({ id, version, seal }: { id: string; version: number; seal: string }): string =>
  `${id}-${version}-${seal.slice(0, DIGITS)}`;

/** Reads what was typed, whatever its case, spaces and dashes; null for what is neither a number nor a code. */
export function parseVerifyCode(typed: string): VerifyCode | null {
  const text = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s/g, '')
    .replace(/[‐-―−]/g, '-');
  const [, id = '', version, seal = ''] = CODE.exec(text) ?? [];
  if (!ID_PATTERN.test(id)) return null;
  return { id, printed: version === undefined ? null : { version: Number(version), seal } };
}

/** Address of the page that verifies what a code is of. */
export const verifyCodeUrl = (code: string): string => `/verify?code=${encodeURIComponent(code)}`;
