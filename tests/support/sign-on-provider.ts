import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** A provider of single sign-on on this machine: the certified one, with people who sign in without typing. */
export interface SignOnProvider {
  issuer: string;
  /** Who signs in next, and by what. */
  person: { subject: string; amr: string[] };
  /** What a browser does: goes to an address of the provider, signs in there, and comes back with this query. */
  visit(url: string): Promise<string>;
  stop(): Promise<void>;
}

export const CLIENT_ID = 'console';
export const CLIENT_SECRET = 'a secret of forty characters at the least';

/** Starts the provider on a free port, for a client that comes back to `callbackUrl`. */
export async function startSignOnProvider(callbackUrl: string): Promise<SignOnProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const person = { subject: 'u-1', amr: ['pwd'] };
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [callbackUrl] }],
    claims: { openid: ['sub', 'amr', 'acr', 'auth_time'] },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    interactions: { url: (_context: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    async loadExistingGrant({ oidc }: { oidc: { client: { clientId: string }; session: { accountId: string } } }) {
      const grant = new provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response);
    const login = { accountId: person.subject, amr: person.amr };
    provider
      .interactionFinished(request, response, { login })
      .catch((error: unknown) => response.destroy(error as Error));
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { issuer, person, visit: (url) => follow(url, callbackUrl), stop };
}

/** Follows the provider's redirects with its cookies until one leads back. */
async function follow(start: string, callbackUrl: string): Promise<string> {
  const cookies = new Map<string, string>();
  for (let url = start, steps = 0; steps < 10; steps++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', ...value] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value.join('='));
    }
    const to = answer.headers.get('location');
    if (!to) throw new Error(`the provider answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
    url = new URL(to, url).href;
    if (url.startsWith(callbackUrl)) return new URL(url).search;
  }
  throw new Error('the provider never leads back');
}
