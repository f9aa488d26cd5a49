import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import { formatAmount, threeRows } from './cells.ts';
import type { ReportContent } from './content.ts';
import { TEXT_PART_KEYS, type TextPart } from './input.ts';

/** A part of the text: sentences of the figures first, then what people wrote. */
export type Narrative = Record<TextPart, string[]>;

/** The text of a report, a list of paragraphs for each part. Every number in its sentences is a cell of the report. */
export function writeNarrative(content: ReportContent): Narrative {
  const own: Narrative = {
    overview: [overview(content)],
    organization: [
      '按照政务公开工作任务分解表落实责任，信息公开指南、主动公开基本目录和各项制度在本站公开，修订情况随时更新。',
    ],
    interpretation: [interpretation(content)],
    allocation: [
      `公共资源配置领域的信息按照本市基层政务公开标准目录公开，目录分${content.catalogue.fields}个领域，列出${content.catalogue.items}个具体公开事项，每项都注明公开依据、时限和主体。`,
    ],
    keyAreas: keyAreas(content),
    platform: [
      `${amount(content, 'text.counties')}个县市区的交易信息在市级平台同步发布，来源、同步时间和每一次变动均可查询。`,
    ],
    requests: requests(content),
    management: [
      '信息从制作到存档全程留痕：公开属性在源头认定，发布前须经保密审查、初审和复审，由不同的人办理；更正、澄清和撤回均公开原因。',
    ],
    supervision: [
      '公开目录的落实情况每日自查，过期、缺失和失效的内容进入待办清单。交易公告的每个版本记入公开的日志，任何人都可以核验。',
    ],
    problems: [],
    other: other(content),
  };
  const typed = TEXT_PART_KEYS.map(
    (part) => [part, (content.input.texts[part] ?? '').split(/\r?\n/).flatMap((line) => line.trim() || [])] as const,
  );
  return Object.fromEntries(typed.map(([part, lines]) => [part, [...own[part], ...lines]])) as Narrative;
}

const amount = ({ cells }: ReportContent, key: string): number => cells[key] ?? 0;

function overview(content: ReportContent): string {
  const counts = CATEGORY_SLUGS.map((slug) => ({
    label: CATEGORIES[slug].label,
    count: amount(content, `publications.${slug}`),
  }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const parts = counts.filter(({ count }) => count > 0).map(({ label, count }) => `${label}${count}条`);
  const among = parts.length > 1 ? `，其中${parts.join('，')}` : '';
  return `${content.year}年，依法公开招标（采购、出让）公告、更正公告和成交结果等公共资源交易信息${total}条${among}。`;
}

function interpretation(content: ReportContent): string {
  const [interpretations, proposals, trainings] = ['interpretations', 'proposals', 'trainings'].map((key) =>
    amount(content, `text.${key}`),
  );
  return `全年发布政策解读${interpretations}件，办理政协提案和人大建议${proposals}件，均已答复并公开；组织政务公开培训${trainings}场。`;
}

function keyAreas(content: ReportContent): string[] {
  const at = (key: string) => amount(content, `text.${key}`);
  return [
    `公共资源交易网日均访问量超过${at('dailyVisits')}人次，投标企业信息库收录企业${at('libraryOrganizations')}家，供社会查询和监督。`,
    `办理市长公开电话来件${at('hotlineCalls')}起，向行政监督部门转交质疑投诉${at('complaintsTransferred')}起，将涉嫌弄虚作假、围标串标的${at('biddersReferred')}家投标单位移送行政监督部门处理。`,
  ];
}

function requests(content: ReportContent): string[] {
  const at = (row: string) => amount(content, `three.${row}.total`);
  const outcomes = Object.entries(threeRows(content.form))
    .filter(([row]) => !['newReceived', 'carriedOver', 'totalProcessed', 'carriedForward'].includes(row) && at(row) > 0)
    .map(([row, label]) => `${label.replace(/^（.）(?:\d\. )?/, '')}${at(row)}件`);
  const result = outcomes.length > 0 ? `，其中${outcomes.join('，')}` : '';
  return [
    `${content.year}年，共收到政府信息公开申请${at('newReceived')}件${comparison(at('newReceived'), content.requestsBefore)}；上年结转${at('carriedOver')}件。`,
    `全年共答复政府信息公开申请${at('totalProcessed')}件${result}；结转下年度${at('carriedForward')}件。`,
  ];
}

/** `，同比降低30%`: to whole percent where that is exact, else to one digit. '' where the year before is not known. */
export function comparison(count: number, before: number | null): string {
  if (before === null) return '';
  if (before === count) return '，与上年持平';
  if (before === 0) return '，上年没有收到';
  const share = Math.abs(count - before) / before;
  const percent = Number((share * 100).toFixed(1));
  return `，同比${count > before ? '增长' : '降低'}${percent}%`;
}

function other(content: ReportContent): string[] {
  const fen = amount(content, 'text.fees');
  const fees = fen === 0 ? '本年度没有收取信息处理费。' : `本年度收取信息处理费${formatAmount(fen)}万元。`;
  return [fees];
}
