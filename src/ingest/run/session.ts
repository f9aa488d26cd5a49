import { FeedFormatError } from '#src/formats/format-error.ts';
import { FetchError, ForbiddenAddressError } from '#src/outbound/errors.ts';
import type { FeedRequest } from '../types.ts';
import type { RunContext, Session } from './context.ts';

/** Makes the adapter's first request, whose answer gives the headers of all later ones. */
export async function shakeHands(run: RunContext): Promise<void> {
  const { handshake } = run.adapter;
  const request = handshake?.request(run.settings);
  if (!handshake || !request) return;
  const { bytes, headers, cookies } = await run.options.fetcher.get(request, { signal: run.options.signal });
  const jar = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  run.session = {
    origin: new URL(request.url).origin,
    headers: {
      ...(jar.length > 0 ? { cookie: jar.join('; ') } : {}),
      ...handshake.headers({ bytes, headers, cookies }, run.settings),
    },
  };
}

/** The request with the session's headers where it goes to the session's origin. */
export function withSession({ session }: RunContext, request: FeedRequest): FeedRequest {
  if (!isOfSession(session, request)) return request;
  return { ...request, headers: { ...session?.headers, ...request.headers } };
}

/** After a refusal that an expired session explains, begins a new one. Returns whether asking again makes sense. */
export async function renewSession(run: RunContext, request: FeedRequest, error: unknown): Promise<boolean> {
  const isRefusal = error instanceof FeedFormatError || error instanceof FetchError;
  if (!isRefusal || error instanceof ForbiddenAddressError || !isOfSession(run.session, request)) return false;
  await shakeHands(run);
  return true;
}

function isOfSession(session: Session | undefined, request: FeedRequest): boolean {
  return session !== undefined && new URL(request.url).origin === session.origin;
}
