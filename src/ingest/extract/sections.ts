import type { FactKey } from '#src/domain/facts.ts';
import { startsWithMoment } from '#src/domain/moment-text/read.ts';
import { type Candidate, candidatesOf, type Piece, trimPiece } from './candidates.ts';
import type { Line } from './document.ts';
import { findLabel, type Labels } from './labels.ts';
import { labelledValues } from './lines.ts';
import { normaliseLabel } from './normalise-label.ts';

/** Behind the labels of every fact: a value told by its section only counts when no label names it. */
export const SECTION_TIER = 90;
const REACH = 8;

interface SectionRule {
  heading: RegExp;
  label: RegExp;
  keys: readonly FactKey[];
}

/** Sections of the formats that the ministry prescribes: the heading says what `时间` and `名称` are. */
const SECTIONS: readonly SectionRule[] = [
  {
    heading: /采购人信息|招标人信息|采购单位信息|采购人联系方式|^(?:采购人|招标人)$/,
    label: /^(?:单位)?名称$/,
    keys: ['buyer'],
  },
  {
    heading: /代理机构信息|采购代理信息|代理机构联系方式|^(?:采购|招标)?代理机构$/,
    label: /^(?:单位)?名称$/,
    keys: ['agency'],
  },
  {
    heading: /(?:截止时间|递交|提交).*(?:开标|开启)(?:时间)?/,
    label: /^(?:截止)?时间$/,
    keys: ['deadline', 'opening'],
  },
  {
    heading:
      /(?:投标|响应|申请)文件.*(?:提交|递交|截止)|(?:提交|递交).*(?:投标|响应|申请)文件|^投标截止时间(?:及|和)地点$/,
    label: /^(?:截止)?时间$/,
    keys: ['deadline'],
  },
  {
    heading: /^(?:响应文件|投标文件)?(?:开标|开启)(?:时间)?(?:(?:及|和|与)?地点)?$/,
    label: /^时间$/,
    keys: ['opening'],
  },
  { heading: /(?:开标|开启)(?!.*(?:异议|方式))/, label: /^地点$/, keys: ['openingPlace'] },
  {
    heading: /获取(?:招标|采购|磋商|谈判|询价)?.*文件|(?:招标|采购|磋商|谈判|询价)?文件的?获取/,
    label: /^(?:获取)?(?:时间|期限)$/,
    keys: ['documentPeriod'],
  },
  { heading: /中标.*(?:信息|情况|结果)|成交.*(?:信息|情况|结果)/, label: /^(?:单位)?名称$/, keys: ['supplier'] },
];
/** Sections whose first line is the value. */
const WHOLE: readonly { heading: RegExp; key: FactKey }[] = [
  { heading: /^(?:公告|公示)(?:期限|期|时间)$/, key: 'publicityPeriod' },
  { heading: /(?:终止|流标|废标|中止|暂停|失败)(?:的)?(?:原因|理由)$/, key: 'terminationReason' },
  { heading: /^(?:项目|采购项目|招标项目)编号$/, key: 'projectCode' },
  { heading: /^(?:项目|采购项目|招标项目)名称$/, key: 'projectName' },
];
const HEADING =
  /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])\s*([^：:]{2,40})[：:]?$/;

/** Values that only the section they stand in explains. */
export function readSections(lines: readonly Line[], labels: Labels): Candidate[] {
  const found: Candidate[] = [];
  for (const [index, line] of lines.entries()) {
    const heading = headingOf(line.text);
    if (!heading) continue;
    const body = sectionLines(lines, index + 1);
    const values: [FactKey, Piece | undefined][] = [
      ...WHOLE.flatMap((rule): [FactKey, Piece | undefined][] =>
        rule.heading.test(heading) ? [[rule.key, wholeLine(body[0], labels)]] : [],
      ),
      ...SECTIONS.flatMap((rule): [FactKey, Piece | undefined][] =>
        rule.heading.test(heading) ? rule.keys.map((key) => [key, explainedValue(rule, body, labels)]) : [],
      ),
    ];
    for (const [key, value] of values) {
      if (!value || value.text === '' || !labels.keys.has(key)) continue;
      found.push({
        key,
        tier: SECTION_TIER,
        label: heading,
        value: value.text,
        rule: 'section',
        ...(value.at === undefined ? {} : { at: value.at }),
      });
    }
  }
  return found;
}

function headingOf(text: string): string | undefined {
  if (text.length > 60) return undefined;
  const numbered = HEADING.exec(text)?.[1];
  const heading = (numbered ?? (/^[\p{Script=Han}、（）()\s]{2,20}$/u.test(text) ? text : '')).replace(/\s/g, '');
  return heading === '' ? undefined : heading;
}

/** Lines up to the next heading of the first level. */
function sectionLines(lines: readonly Line[], from: number): Line[] {
  const body: Line[] = [];
  for (const line of lines.slice(from, from + REACH)) {
    if (
      /^[一二三四五六七八九十]+、/.test(line.text) ||
      (HEADING.test(line.text) && body.length > 0 && !/[：:]/.test(line.text))
    )
      break;
    body.push(line);
  }
  return body;
}

/** The line itself, unless it is the next heading or a labelled value. */
function wholeLine(line: Line | undefined, labels: Labels): Piece | undefined {
  if (!line || line.text.length > 400 || HEADING.test(line.text)) return undefined;
  if (labelledValues(line, labels).some(({ label }) => findLabel(label, labels))) return undefined;
  return trimPiece(line);
}

function explainedValue({ label, keys }: SectionRule, body: readonly Line[], labels: Labels): Piece | undefined {
  const first = body[0];
  const isMoment =
    keys.some((key) => key === 'deadline' || key === 'opening') &&
    first &&
    first.text.length <= 60 &&
    startsWithMoment(first.text);
  return labelledValue(body, label, labels) ?? (isMoment ? trimPiece(first) : undefined);
}

/** The value of the first label of that name. The value may stand on the line below. */
function labelledValue(lines: readonly Line[], label: RegExp, labels: Labels): Piece | undefined {
  for (const [index, line] of lines.entries()) {
    for (const found of labelledValues(line, labels)) {
      if (!label.test(normaliseLabel(found.label))) continue;
      const value = trimPiece(found.value);
      const next = lines[index + 1];
      return value.text === '' ? next && trimPiece(next) : value;
    }
  }
  return undefined;
}

/** Candidates of headings that are labels themselves, with the value on the line below: `二、项目名称`. */
export function readHeadedLabels(lines: readonly Line[], labels: Labels): Candidate[] {
  return lines.flatMap((line, index) => {
    const next = lines[index + 1];
    const heading = line.text.length <= 40 ? HEADING.exec(line.text)?.[1] : undefined;
    if (!heading || !next || !findLabel(heading, labels)) return [];
    const value = wholeLine(next, labels);
    if (!value) return [];
    return candidatesOf(heading, value, labels, 'section').map((candidate) => ({
      ...candidate,
      tier: candidate.tier + SECTION_TIER,
    }));
  });
}
