import type { SSRManifest } from 'astro';
import { createApp } from 'astro/app/entrypoint';
import { type Judge, useJudge } from './server/api/sync/dry-run.ts';
import { toContentSecurityPolicy } from './server/http-server/content-security-policy.ts';
import { useReader } from './server/reads/current.ts';
import type { Reader } from './server/reads/reader.ts';
import { useConsole } from './server/staff/current.ts';
import type { Console } from './staff/console.ts';

/**
 * What the server build exports: the pages as a function from request to response. The HTTP side is `server/http-server`.
 * Without streaming, a page that fails half-way becomes an error page instead of half a page.
 */
const app = createApp({ streaming: false });
const contentSecurityPolicy = toContentSecurityPolicy(app.manifest.csp);
// Astro would digest the text of every style link for every request, which has none: a fifth of a page's cost.
app.manifest.shouldInjectCspMetaTags = false;
keepModules(app.manifest);

/** Takes what the process can do for the pages that they cannot do themselves: it has threads, and they are a bundle of their own. */
export function grantPowers({ reader, judge }: { reader: Reader; judge: Judge }): void {
  useReader(reader);
  useJudge(judge);
}

/** Makes the console answer: only the process of the staff role has what it does. */
export function grantConsole(given: Console): void {
  useConsole(given);
}

/** Renders a request; rejects never, errors become error pages. Pages get the content security policy of the build. */
export async function render(request: Request): Promise<Response> {
  const response = await app.render(request);
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    response.headers.set('content-security-policy', contentSecurityPolicy);
  }
  return response;
}

/** Astro imports a page's module for every request, and Node resolves it anew each time: once is enough. */
function keepModules({ pageMap }: SSRManifest): void {
  for (const [path, load] of pageMap ?? []) {
    let page: ReturnType<typeof load> | undefined;
    pageMap?.set(path, () => {
      page ??= load();
      return page;
    });
  }
}
