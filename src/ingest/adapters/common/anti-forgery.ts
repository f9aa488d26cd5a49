import { FeedFormatError } from '#src/formats/format-error.ts';

/** Cookie of ABP's anti-forgery token; older builds put `Public-` before the names of cookie and header alike. */
const COOKIE = /^(Public-)?XSRF-TOKEN$/i;

/**
 * The header with which ABP wants the token of its cookie repeated, decoded as the site's own scripts send it.
 * @throws FeedFormatError when there is no such cookie.
 */
export function antiForgeryHeaders(cookies: Record<string, string>): Record<string, string> {
  const [name = '', token = ''] = Object.entries(cookies).find(([cookie]) => COOKIE.test(cookie)) ?? [];
  if (!token) throw new FeedFormatError('网站没有给出防伪令牌', Object.keys(cookies).join(' '));
  return { [`${COOKIE.exec(name)?.[1] ?? ''}X-XSRF-TOKEN`]: decode(token) };
}

function decode(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
