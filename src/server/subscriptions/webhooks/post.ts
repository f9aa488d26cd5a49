import { Agent, type Response, fetch as request } from 'undici';
import { ForbiddenAddressError } from '#src/outbound/errors.ts';
import { createGuardedConnector, type PrivateHosts } from '#src/outbound/ssrf-guard.ts';
import { SendError } from '../send-error.ts';

/** What a webhook answered. */
export interface WebhookResponse {
  status: number;
  /** At most 16 KB of the body. */
  text: string;
  retryAfterMs: number | undefined;
}

/** Posts JSON to webhooks: guarded addresses, no redirects, limits on time and size. */
export interface WebhookPoster {
  /** @throws SendError when there is no answer */
  post(url: URL, body: string, headers?: Record<string, string>): Promise<WebhookResponse>;
  close(): Promise<void>;
}

const MOST_BYTES = 16_384;

/** @param allowed hosts on private addresses that are let through; `timeoutMs` limits an attempt from connect to last byte. */
export function createWebhookPoster(allowed: PrivateHosts, timeoutMs = 15_000): WebhookPoster {
  const agent = new Agent({ connect: createGuardedConnector(allowed), connections: 2 });
  return {
    async post(url, body, headers = {}) {
      try {
        const response = await request(url, {
          method: 'POST',
          body,
          headers: { 'content-type': 'application/json', 'user-agent': 'Tongming/1.0', ...headers },
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          dispatcher: agent,
        });
        return { status: response.status, text: await readText(response), retryAfterMs: retryAfter(response) };
      } catch (error) {
        throw toSendError(error);
      }
    },
    close: () => agent.destroy(),
  };
}

/** The beginning of a body; the rest is left unread. */
async function readText({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    chunks.push(chunk as Uint8Array);
    length += (chunk as Uint8Array).length;
    if (length >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_BYTES).toString();
}

function retryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** The error of a failed connection holds the address: only its kind is kept. */
function toSendError(error: unknown): SendError {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof ForbiddenAddressError)
    return new SendError('地址不允许访问', { isPermanent: true, cause: error });
  if (error instanceof Error && error.name === 'TimeoutError') return new SendError('对方响应超时', { cause: error });
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? '';
  return new SendError(`网络错误 ${code}`.trim(), { cause: error });
}
