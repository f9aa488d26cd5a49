import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { count } from 'drizzle-orm';
import { openDatabase } from '#db/client.ts';
import { publicSubmissions } from '#db/schema/index.ts';
import { loadCaseKey } from '#src/staff/participation/identity.ts';
import { formatNumber, type Part } from '../figures.ts';
import { startWeb } from '../web.ts';
import { progress, type Workspace } from '../workspace.ts';
import { flood, inParallel, type OpenForm, SITE, sendTipOff, signTipOff } from './flood.ts';

const A_SECOND = 20;
const MOST_AGAIN = 5;

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** A form of a network of its own. */
const formOf = (directory: string, number: number): OpenForm =>
  signTipOff(directory, `10.${(number >> 14) & 127}.${(number >> 7) & 127}.${(number & 127) + 1}`);

const QUIET = { SEARCH_ENGINE: 'off', SITE_URL: SITE, RATE_LIMIT: '1000000' };

/** Kills the process in the midst of submissions, starts it again and sends everything once more: what is then lost, or there twice. */
async function killAmidst(workspace: Workspace, directory: string, count: () => number): Promise<number> {
  const before = count();
  const web = await startWeb(workspace, directory, QUIET);
  const forms = Array.from({ length: 200 }, (_, index) => formOf(directory, 500_000 + index));
  const sending = inParallel(forms, (form, index) => sendTipOff(web.url, form, '0', index));
  while (count() - before < forms.length / 4) await delay(10);
  process.kill(web.pid, 'SIGKILL');
  const first = await sending;
  const kept = count() - before;
  const answered = first.filter((code) => code !== undefined).length;
  progress(`killed after ${answered} receipts, ${kept} stored`);
  const again = await startWeb(workspace, directory, QUIET);
  const codes = await inParallel(forms, (form, index) => sendTipOff(again.url, form, '0', index));
  const changed = codes.filter((code, index) => first[index] !== undefined && first[index] !== code).length;
  const lost = Math.abs(count() - before - forms.length) + changed + Math.max(0, answered - kept);
  await again.stop();
  return lost;
}

/** How submissions are taken in beside readers: how many a second arrive, how long each takes, whether one is lost, what readers notice. */
export const submissions: Part = {
  key: 'm',
  title: 'Sealed submissions, 20 a second, beside readers',
  async run({ quick, workspace }) {
    const seconds = quick ? 15 : 300;
    const directory = workspace.makeDirectory('participation');
    const db = openDatabase(join(directory, 'tongming.db'));
    await loadCaseKey(join(directory, 'keys'), undefined);
    const web = await startWeb(workspace, directory, QUIET);
    const reading = new AbortController();
    const reads = readUntil(web.url, reading.signal);
    const began = performance.now();
    const answers: ReturnType<typeof submit>[] = [];
    for (let index = 0; index < seconds * A_SECOND; index++) {
      const wait = began + (index * 1_000) / A_SECOND - performance.now();
      if (wait > 0) await delay(wait);
      answers.push(submit(web.url, formOf(directory, index), index));
    }
    const done = await Promise.all(answers);
    const rate = done.length / ((performance.now() - began) / 1_000);
    reading.abort();
    const pages = await reads;
    const failed = pages.filter((ms) => ms === Number.POSITIVE_INFINITY).length;
    const taken = done.filter(({ isTaken }) => isTaken).length;
    const countAll = () => db.select({ all: count() }).from(publicSubmissions).get()?.all ?? 0;
    const stored = countAll();
    const many = quick ? 1_000 : 10_000;
    const flooded = await flood(web.url, many);
    progress(`${flooded.taken} of ${many} automatic ones taken`);
    await web.stop();
    const lost = await killAmidst(workspace, directory, countAll);
    db.$client.close();
    progress(`${formatNumber(rate)} a second, ${taken} taken of ${done.length}, ${stored} stored`);
    const times = done.map(({ ms }) => ms);
    return [
      { name: 'lost', values: [taken - stored], aim: { atMost: 0 } },
      { name: 'refused', values: [done.length - taken], aim: { atMost: 0 } },
      { name: 'sent again for want of an answer', values: [done.reduce((sum, { again }) => sum + again, 0)] },
      { name: 'a second', values: [rate], aim: { atLeast: A_SECOND * 0.95 } },
      { name: 'automatic ones of one network taken', values: [flooded.taken], aim: { atMost: 60 } },
      {
        name: 'people refused after them, one of that network, one of another',
        values: [Number(!flooded.isNeighbourTaken) + Number(!flooded.isOtherTaken)],
        aim: { atMost: 0 },
      },
      { name: 'form and receipt of the other, ms', values: [flooded.otherMs] },
      { name: 'lost or doubled by kill -9', values: [lost], aim: { atMost: 0 } },
      { name: 'submission p95, ms', values: [quantile(times, 0.95)] },
      { name: `pages beside them that failed, of ${pages.length}`, values: [failed], aim: { atMost: 0 } },
      { name: 'page beside them p95, ms', values: [quantile(pages, 0.95)] },
    ];
  },
};

/** Sends a form, and again where no answer came, as a person does who presses the button once more. */
async function submit(
  url: string,
  form: OpenForm,
  number: number,
): Promise<{ isTaken: boolean; again: number; ms: number }> {
  const began = performance.now();
  let again = 0;
  let code = await sendTipOff(url, form, '0', number);
  for (; code === undefined && again < MOST_AGAIN; again++) {
    await delay(1_000);
    code = await sendTipOff(url, form, '0', number);
  }
  return { isTaken: code !== undefined, again, ms: performance.now() - began };
}

const PAGES = ['/participate?need=dispute', '/', '/notices', '/search?q=%E5%85%AC%E5%91%8A'];

/** Reads one page after the other, as somebody does who looks around. Returns how long each took. */
async function readUntil(url: string, signal: AbortSignal): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; !signal.aborted; index++) {
    const began = performance.now();
    const isRead = await fetch(url + (PAGES[index % PAGES.length] ?? ''), { headers: { cookie: 'a=1' } }).then(
      async (answer) => answer.ok && (await answer.text()) !== '',
      () => false,
    );
    times.push(isRead ? performance.now() - began : Number.POSITIVE_INFINITY);
    await delay(100);
  }
  return times;
}
