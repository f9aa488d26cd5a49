import { expect, it } from 'vitest';
import { extractFacts } from '#src/publish/facts/extract.ts';

const table = (rows: string[][]) =>
  `<table><tbody>${[['排名', '中标候选人名称', '投标报价（元）'], ...rows]
    .map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;

it('candidates keep the lot whose heading stands above their table', () => {
  const html = ['一、第1包中标候选人情况', '二、第2包中标候选人情况']
    .map(
      (heading, index) =>
        `<p>${heading}</p>${table([
          ['第一名', `济宁甲${index}建设有限公司`, `${index + 1}439600.00`],
          ['第二名', '济宁丙建设有限公司', `${index + 1}470200.00`],
        ])}`,
    )
    .join('');
  const { candidates } = extractFacts({ html, category: 'construction', stage: 'candidateNotice', fields: {} });
  const rows = candidates?.entries?.map(({ lot, supplier, awardAmount }) => [
    lot?.text,
    supplier?.text,
    awardAmount?.fen,
  ]);
  expect(rows).toEqual([
    ['第1包', '济宁甲0建设有限公司', 143_960_000],
    ['第1包', '济宁丙建设有限公司', 147_020_000],
    ['第2包', '济宁甲1建设有限公司', 243_960_000],
    ['第2包', '济宁丙建设有限公司', 247_020_000],
  ]);
});
