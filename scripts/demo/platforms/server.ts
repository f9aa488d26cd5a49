import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { COUNTY_SLUGS, type County, countyDefinition } from '#src/domain/counties/counties.ts';
import { type DemoDecision, makeDecisions } from '../generate/decisions.ts';
import { DEMO_SEED, generateDemo } from '../generate/generate.ts';
import { answerCredit, CREDIT_PATH } from './credit-site.ts';
import { ERROR_PAGE, page } from './pages.ts';
import { makePdf } from './pdf.ts';
import type { Site, SiteAnswer, SiteRequest } from './site.ts';
import { PLATFORMS } from './sites.ts';
import { FeedStore, shanghaiNow } from './store.ts';

/** Every so many calls a site shows its error page instead. Never twice in a row, so that asking again helps. */
const CALLS_PER_ERROR = 61;
const LARGEST_REQUEST = 64 * 1024;

export interface DemoFeeds {
  /** Address of the server, without closing slash. */
  url: string;
  close(): Promise<void>;
}

/** What the sites show; made anew when the day changes, which only adds notices. */
class Showcase {
  readonly #clock: () => string;
  #day = '';
  #store: FeedStore | undefined;
  #decisions: readonly DemoDecision[] = [];

  constructor(clock: () => string) {
    this.#clock = clock;
  }

  /** The present, and everything up to the end of its day. */
  at(): { now: string; store: FeedStore; decisions: readonly DemoDecision[] } {
    const now = this.#clock();
    const day = now.slice(0, 10);
    if (!this.#store || day !== this.#day) {
      this.#store = new FeedStore(generateDemo(DEMO_SEED, day));
      this.#decisions = makeDecisions(DEMO_SEED, day);
      this.#day = day;
    }
    return { now, store: this.#store, decisions: this.#decisions };
  }
}

/**
 * Serves the fifteen sites on one loopback port, each below `/{county}/`.
 * @param port 0 takes any free one.
 * @param clock the present in Shanghai; what is dated later is not shown yet.
 */
export async function startDemoFeeds(port: number, clock: () => string = shanghaiNow): Promise<DemoFeeds> {
  const showcase = new Showcase(clock);
  const calls = new Map<County, number>();
  const server = createServer((request, response) => {
    answerRequest(request, showcase, calls).then(
      (answer) => send(response, answer),
      () => send(response, { status: 400, type: 'text/plain; charset=utf-8', body: 'bad request' }),
    );
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answerRequest(
  request: IncomingMessage,
  showcase: Showcase,
  calls: Map<County, number>,
): Promise<SiteAnswer | undefined> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  const [, prefix = '', path = ''] = /^\/([a-z]+)\/(.*)$/.exec(url.pathname) ?? [];
  const county = COUNTY_SLUGS.find((slug) => slug === prefix);
  if (!county) return undefined;
  const count = (calls.get(county) ?? 0) + 1;
  calls.set(county, count);
  const site = { county, root: `${url.origin}/${county}/`, ...showcase.at(), calls: count };
  const asked = {
    method: request.method ?? 'GET',
    path: decodeURI(path),
    query: url.searchParams,
    headers: request.headers,
    body: await readBody(request),
  };
  return answerSite(asked, site);
}

function answerSite(request: SiteRequest, site: Site): SiteAnswer | undefined {
  if (site.county === 'jining' && request.path.startsWith(CREDIT_PATH)) return answerCredit(request, site);
  const file = /^files\/([\w-]+)\.pdf$/.exec(request.path)?.[1];
  if (file) return { type: 'application/pdf', body: makePdf(`Demonstration attachment ${file}`) };
  const answer = PLATFORMS[site.county].answer(request, site);
  if (answer && !answer.isSteady && site.calls % CALLS_PER_ERROR === 0) return ERROR_PAGE;
  if (answer || request.path !== '') return answer;
  const { label } = countyDefinition(site.county);
  return page(`${label}公共资源交易网`, `<h1>${label}公共资源交易网（演示站点）</h1>`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > LARGEST_REQUEST) throw new Error('request too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, answer: SiteAnswer | undefined): void {
  const {
    status = 200,
    type,
    body,
    headers,
  } = answer ?? {
    status: 404,
    type: 'text/html; charset=utf-8',
    body: '<!DOCTYPE html><html><head><title>404</title></head><body>页面不存在</body></html>',
  };
  response.writeHead(status, { 'content-type': type, ...headers }).end(body);
}
