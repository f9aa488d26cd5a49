import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type CorpusNotice, generateCorpus } from '../search-quality/corpus.ts';

const DAY = 86_400_000;
/** Days over which the notices are spread, the last of them today: what is open is a small part, as it is in a city. */
const SPAN_DAYS = 5 * 365;

/** A generated notice as a county pushes it. */
export function toItem(notice: CorpusNotice, index: number, count: number): object {
  const { title, category, stage, county, code, buyer, agency, amountFen } = notice;
  const at = Date.now() - Math.floor((((index * 7_919) % count) / count) * SPAN_DAYS * DAY) - 3_600_000;
  const labelled = [
    `项目名称：${title}`,
    `项目编号：${code}`,
    `采购人：${buyer}`,
    `代理机构：${agency}`,
    `预算金额：${(amountFen / 100).toFixed(2)} 元`,
    ...(notice.stage === 'awardNotice' ? [`中标人：${notice.supplier}`] : []),
    ...notice.body.split('。').filter((sentence) => sentence !== ''),
  ];
  return {
    id: `S-${index}`,
    ...{ title, category, stage, county, projectCode: code },
    publishedAt: new Date(at).toISOString(),
    bodyHtml: labelled.map((line) => `<p>${line}</p>`).join(''),
    attachments: [],
  };
}

/** Writes `count` generated notices as JSON lines. */
export async function writeItems(path: string, count: number): Promise<void> {
  const lines = function* () {
    const corpus = generateCorpus(count);
    for (const [index, notice] of corpus.entries()) yield `${JSON.stringify(toItem(notice, index, count))}\n`;
  };
  await pipeline(Readable.from(lines()), createWriteStream(path));
}
