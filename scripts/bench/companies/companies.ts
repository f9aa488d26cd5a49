import { join } from 'node:path';
import type { Agent } from 'undici';
import { companiesUrl, companyUrl } from '#src/domain/site/urls.ts';
import { type Figure, formatNumber, type Part, percentile } from '../figures.ts';
import { expectAnswer, runClients } from '../search/clients.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { storeCompanies, type Winner } from './store-companies.ts';

const CLIENTS = 4;
/** How much a page among ten times as many organizations may cost. */
const GROWTH = 1.2;
/** More rows than a company has: a page is the same under every limit, and its address is one that is not kept yet. */
const SMALLEST_LIMIT = 20;
const LIMITS = 180;

const PAGES = {
  'company page': ({ id }: Winner, limit: number) => companyUrl(id, { limit }),
  'search by name': ({ name }: Winner, limit: number) => companiesUrl({ q: name.slice(0, 6), limit }),
};
type Kind = keyof typeof PAGES;

interface Measured {
  count: number;
  times: Record<Kind, number[][]>;
}

/** Asks for every company's page before any comes again, then again under an address of its own. */
function askPages(url: string, winners: readonly Winner[], kind: Kind) {
  return (agent: Agent, number: number): Promise<void> => {
    const winner = winners[number % winners.length] as Winner;
    const limit = SMALLEST_LIMIT + (Math.floor(number / winners.length) % LIMITS);
    return expectAnswer(agent, url + PAGES[kind](winner, limit), winner.id);
  };
}

async function measure(workspace: Workspace, count: number, rounds: number, seconds: number): Promise<Measured> {
  progress(`storing ${count} organizations …`);
  const directory = workspace.makeDirectory(`companies-${count}`);
  const winners = storeCompanies(join(directory, 'tongming.db'), count);
  const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off' });
  const times: Measured['times'] = { 'company page': [], 'search by name': [] };
  let asked = 0;
  for (const kind of Object.keys(PAGES) as Kind[]) {
    const ask = askPages(web.url, winners, kind);
    asked += (await runClients(CLIENTS, seconds, asked, ask)).length;
    for (let round = 1; round <= rounds; round++) {
      const measured = await runClients(CLIENTS, seconds, asked, ask);
      asked += measured.length;
      times[kind].push(measured);
    }
  }
  await web.stop();
  return { count, times };
}

/** How fast pages of organizations are made, and that it does not grow with the number of organizations. */
export const companies: Part = {
  key: 'g',
  title: 'Pages of organizations through the HTTP server, each made anew',
  async run({ quick, workspace }) {
    const counts = quick ? [2_500, 10_000] : [10_000, 100_000];
    const results: Measured[] = [];
    for (const count of counts) results.push(await measure(workspace, count, quick ? 2 : 5, quick ? 2 : 4));
    console.table(
      results.flatMap(({ count, times }) =>
        (Object.keys(PAGES) as Kind[]).map((kind) => ({
          organizations: count,
          page: kind,
          pages: times[kind].flat().length,
          'p50 ms': formatNumber(percentile(times[kind].flat(), 0.5)),
          'p99 ms': formatNumber(percentile(times[kind].flat(), 0.99)),
        })),
      ),
    );
    return (Object.keys(PAGES) as Kind[]).map((kind): Figure => {
      const [small, large] = results.map(({ times }) => times[kind].map((round) => percentile(round, 0.5)));
      return {
        name: `${kind}, p50 among ${counts[1]} ÷ among ${counts[0]} organizations`,
        values: (large ?? []).map((value, round) => value / (small?.[round] ?? Number.NaN)),
        aim: { atMost: GROWTH },
      };
    });
  },
};
