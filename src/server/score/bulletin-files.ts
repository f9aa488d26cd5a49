import type { Block, Cell, PrintedDocument } from '#src/documents/model.ts';
import { heading, paragraph } from '#src/documents/model.ts';
import { COUNTIES } from '#src/domain/counties/counties.ts';
import {
  BULLETIN_NOTES,
  type Bulletin,
  bulletinTitle,
  monthWords,
  timeliness,
} from '#src/domain/disclosure-score/bulletin.ts';
import { FLAG_KIND_KEYS, FLAG_KINDS } from '#src/domain/flags/definition.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { formatDate } from '#src/domain/time/time.ts';

const HEAD = [
  '县（市、区）',
  '公告',
  '流标、终止',
  '按期 / 可核对',
  '逾期',
  '应公开未公开',
  ...FLAG_KIND_KEYS.map((kind) => `提示：${FLAG_KINDS[kind]}`),
  '提示的计算次数',
];
const BUYERS = ['采购（招标）人', '按期 / 可核对', '逾期', '应公开未公开'];

/** The figures of each county, as texts in the order of `HEAD`. */
const countyRows = ({ rows }: Bulletin): string[][] =>
  rows.map(({ county, notices, failures, duties, flags, computed }) => {
    const { onTime, all } = timeliness(duties);
    return [
      COUNTIES[county].label,
      ...[notices, failures].map(String),
      `${onTime} / ${all}`,
      ...[duties.late ?? 0, duties.missing ?? 0, ...FLAG_KIND_KEYS.map((kind) => flags[kind]), computed].map(String),
    ];
  });

const buyerRows = ({ buyers }: Bulletin): string[][] =>
  buyers.map(({ name, totals }) => {
    const { onTime, all } = timeliness(totals);
    return [name, `${onTime} / ${all}`, String(totals.late ?? 0), String(totals.missing ?? 0)];
  });

const toCells = (texts: readonly string[]): Cell[] =>
  texts.map((text, at) => (at === 0 ? { text, header: true } : { text, align: 'center' }));

const table = (caption: string, head: readonly string[], rows: readonly string[][]): Block => ({
  kind: 'table',
  caption,
  widths: head.map((_, at) => (at === 0 ? 3 : 2)),
  head: [head.map((text): Cell => ({ text }))],
  body: rows.map(toCells),
  dense: true,
});

/** The bulletin as a printed document. */
export function toDocument(bulletin: Bulletin, { issuer, asOf }: { issuer: string; asOf: Instant }): PrintedDocument {
  return {
    title: bulletinTitle(bulletin),
    issuer,
    blocks: [
      paragraph(`现将${monthWords(bulletin.month)}公共资源交易信息公开情况通报如下。数据截至 ${formatDate(asOf)}。`),
      heading('一、各县（市、区）情况'),
      table('各县（市、区）信息公开情况（按及时情况排序）', HEAD, countyRows(bulletin)),
      heading('二、各采购（招标、出让）人情况'),
      ...(bulletin.buyers.length > 0
        ? [table('有逾期或者应公开未公开事项的采购（招标）人', BUYERS, buyerRows(bulletin))]
        : [paragraph('本月没有可核对事项达到五项的采购（招标）人。')]),
    ],
    notes: BULLETIN_NOTES,
  };
}

const csvCell = (text: string): string =>
  /[",\n]|^[=+\-@]/.test(text) ? `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"` : text;

/** The bulletin as CSV: counties, an empty line, buyers. */
export function toCsv(bulletin: Bulletin): string {
  const lines = [HEAD, ...countyRows(bulletin), [], BUYERS, ...buyerRows(bulletin)];
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
