/** The session: gone with the browser, never sent from another site, unreadable to scripts, of this host alone (RFC 6265bis, cookie name prefixes). */
export const SESSION_COOKIE = '__Host-staff';
/** That a browser has signed in to an account before. */
export const DEVICE_COOKIE = '__Host-staff-device';
/** A way to single sign-on and back, and that it has named somebody. */
export const FLOW_COOKIE = '__Host-staff-flow';
export const PENDING_COOKIE = '__Host-staff-pending';
const FLOW_SECONDS = 600;
const DEVICE_SECONDS = 180 * 86_400;

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Strict';

export const sessionCookie = (token: string): string => `${SESSION_COOKIE}=${token}; ${ATTRIBUTES}`;
export const noSessionCookie = (): string => `${SESSION_COOKIE}=; ${ATTRIBUTES}; Max-Age=0`;
export const deviceCookie = (mark: string): string =>
  `${DEVICE_COOKIE}=${mark}; ${ATTRIBUTES}; Max-Age=${DEVICE_SECONDS}`;

export const shortCookie = (name: typeof FLOW_COOKIE | typeof PENDING_COOKIE, value: string): string =>
  `${name}=${value}; ${ATTRIBUTES}; Max-Age=${value === '' ? 0 : FLOW_SECONDS}`;

/** The value of a cookie; '' without it. Of two with the name neither counts. */
export function readCookie(request: Request, name: string): string {
  const values = (request.headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  return values.length === 1 ? (values[0] ?? '') : '';
}
