import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  None,
} from 'openid-client';
import type { Flow } from './flow.ts';

/** Seconds that a provider may take for an answer. */
const TIMEOUT_S = 10;
/** Bytes of an answer at most. */
const LONGEST_ANSWER = 1_000_000;
/** Seconds that may lie between a sign-in that was asked for again and its answer. */
const AGAIN_S = 60;

/** What the operator has set up. */
export interface SignOnSettings {
  /** Address of the provider; only its own origin is ever called. */
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** Where the provider sends people back to; registered there. */
  callbackUrl: string;
  /** Values of `amr` or `acr` that mean that more than a password was asked for. */
  secondFactors: readonly string[];
}

/** Whom a provider says somebody is. */
export interface Identity {
  issuer: string;
  subject: string;
  hasSecondFactor: boolean;
}

/** The provider cannot be asked at the moment; `cause` is for the log. */
export class ProviderDownError extends Error {}

/** The provider's answer is not one that may be believed, or that it did not give; `cause` is for the log. */
export class ProviderRefusedError extends Error {}

/** A provider of single sign-on (OpenID Connect Core 1.0: authorization code with PKCE, state and nonce). */
export class Provider {
  readonly #settings: SignOnSettings;
  #configuration: Promise<Configuration> | undefined;

  constructor(settings: SignOnSettings) {
    this.#settings = settings;
  }

  /** Address at which people show who they are. `again`: even if they just did. @throws ProviderDownError */
  async authorizationUrl({ state, nonce, verifier, isAgain }: Flow): Promise<string> {
    const configuration = await this.#discover();
    const url = buildAuthorizationUrl(configuration, {
      redirect_uri: this.#settings.callbackUrl,
      scope: 'openid',
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(isAgain ? { prompt: 'login', max_age: String(AGAIN_S) } : {}),
    });
    return url.href;
  }

  /** Whom the provider's answer (the query of the callback) names. @throws ProviderDownError, ProviderRefusedError */
  async identify(query: string, { state, nonce, verifier, isAgain }: Flow): Promise<Identity> {
    const { callbackUrl, secondFactors, issuer } = this.#settings;
    const configuration = await this.#discover();
    try {
      const tokens = await authorizationCodeGrant(configuration, new URL(`${callbackUrl}${query}`), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(isAgain ? { maxAge: AGAIN_S } : {}),
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('there is no ID token');
      const { sub: subject, amr, acr } = claims;
      const given: unknown[] = [...(Array.isArray(amr) ? amr : []), acr];
      return { issuer, subject, hasSecondFactor: secondFactors.some((value) => given.includes(value)) };
    } catch (error) {
      if (isUnreachable(error)) throw new ProviderDownError('the provider does not answer', { cause: error });
      throw new ProviderRefusedError('the answer of the provider is not to be believed', { cause: error });
    }
  }

  /** What the provider says of itself, asked for once it answers. */
  async #discover(): Promise<Configuration> {
    this.#configuration ??= this.#ask();
    try {
      return await this.#configuration;
    } catch (error) {
      this.#configuration = undefined;
      throw new ProviderDownError('the provider cannot be asked', { cause: error });
    }
  }

  #ask(): Promise<Configuration> {
    const { issuer, clientId, clientSecret } = this.#settings;
    const url = new URL(issuer);
    const isPlain = url.protocol === 'http:';
    return discovery(url, clientId, undefined, clientSecret ? ClientSecretBasic(clientSecret) : None(), {
      timeout: TIMEOUT_S,
      execute: [enableNonRepudiationChecks, ...(isPlain ? [allowInsecureRequests] : [])],
      [customFetch]: (target, options) => askOrigin(url.origin, target, options as RequestInit),
    });
  }
}

/** Calls nothing but the provider's own origin, whatever it says of itself; follows nothing; reads so much and no more. */
async function askOrigin(origin: string, target: string, options: RequestInit): Promise<Response> {
  if (new URL(target).origin !== origin) throw new TypeError(`${new URL(target).host} is not the provider`);
  const { status, headers, body } = await fetch(target, { ...options, redirect: 'manual' });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > LONGEST_ANSWER) throw new TypeError('the answer of the provider is too long');
    chunks.push(chunk);
  }
  return new Response(length > 0 ? Buffer.concat(chunks) : null, { status, headers });
}

/** `fetch` fails with a TypeError where nothing answers, and with a TimeoutError after the time. */
function isUnreachable(error: unknown): boolean {
  for (let each = error; each instanceof Error; each = each.cause) {
    if (each.name === 'TimeoutError' || (each instanceof TypeError && !('code' in each))) return true;
    if ('code' in each && /^E[A-Z]+$|^UND_ERR/.test(String(each.code))) return true;
  }
  return false;
}
