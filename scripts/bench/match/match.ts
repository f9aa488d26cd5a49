import { join } from 'node:path';
import type { Agent } from 'undici';
import { type Figure, formatNumber, type Part, percentile } from '../figures.ts';
import { expectAnswer, runClients } from '../search/clients.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { type BenchOrganization, makeOrganizations, storeOrganizations } from './store-organizations.ts';

const CLIENTS = 4;
/** How much a look-up among ten times as many organizations may cost. */
const GROWTH = 1.2;

/** Looks up by name, former name and code in turn; every organization once before any comes again. */
function askMatch(url: string, organizations: readonly BenchOrganization[]) {
  return (agent: Agent, number: number): Promise<void> => {
    const { name, formerName, code } = organizations[number % organizations.length] as BenchOrganization;
    const query = [`name=${encodeURIComponent(name)}`, `name=${encodeURIComponent(formerName)}`, `code=${code}`];
    return expectAnswer(agent, `${url}/api/v1/match?${query[number % query.length]}`, '"listed":');
  };
}

async function measure(
  workspace: Workspace,
  count: number,
  rounds: number,
  seconds: number,
): Promise<{ count: number; rounds: number[][] }> {
  progress(`storing ${count} organizations …`);
  const directory = workspace.makeDirectory(`organizations-${count}`);
  const organizations = makeOrganizations(count);
  storeOrganizations(join(directory, 'tongming.db'), organizations);
  const web = await startWeb(workspace, directory, { SEARCH_ENGINE: 'off' });
  const ask = askMatch(web.url, organizations);
  await runClients(CLIENTS, seconds, 0, ask);
  const measured: number[][] = [];
  for (let round = 1; round <= rounds; round++) measured.push(await runClients(CLIENTS, seconds, round * 7_919, ask));
  await web.stop();
  return { count, rounds: measured };
}

/** How fast "is this firm on the board" is answered, and that it does not grow with the number of organizations. */
export const match: Part = {
  key: 'f',
  title: 'Look-up of a firm on the exposure board through the HTTP server',
  async run({ quick, workspace }) {
    const counts = quick ? [1_000, 10_000] : [10_000, 100_000];
    const results = [];
    for (const count of counts) results.push(await measure(workspace, count, quick ? 2 : 5, quick ? 2 : 4));
    console.table(
      results.map(({ count, rounds }) => ({
        organizations: count,
        lookups: rounds.flat().length,
        'p50 ms': formatNumber(percentile(rounds.flat(), 0.5)),
        'p99 ms': formatNumber(percentile(rounds.flat(), 0.99)),
      })),
    );
    const [small, large] = results.map(({ rounds }) => rounds.map((times) => percentile(times, 0.99)));
    const growth = (large ?? []).map((value, round) => value / (small?.[round] ?? Number.NaN));
    return [
      { name: `match API p99 among ${counts[1]} organizations, ms`, values: large ?? [] },
      {
        name: `match API p99 among ${counts[1]} ÷ among ${counts[0]} organizations`,
        values: growth,
        aim: { atMost: GROWTH },
      },
    ] satisfies Figure[];
  },
};
