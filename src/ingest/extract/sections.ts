import type { FactKey } from '#src/domain/facts.ts';
import { type Candidate, candidate, type Labels } from './candidates.ts';

/** Behind the labels of `FACTS`: a value told by its section only counts when no label names it. */
const RANK = 90;
const REACH = 4;

/** Sections of the formats that the ministry prescribes for procurement notices: the heading says what `时间` and `名称` are. */
const SECTIONS: readonly { heading: RegExp; label: RegExp; keys: readonly FactKey[] }[] = [
  { heading: /采购人信息|招标人信息|采购单位信息/, label: /^(?:单位)?名\s*称$/, keys: ['buyer'] },
  { heading: /代理机构信息|采购代理信息/, label: /^(?:单位)?名\s*称$/, keys: ['agency'] },
  { heading: /(?:截止时间|递交|提交).*(?:开标|开启)时间/, label: /^(?:截止)?时\s*间$/, keys: ['deadline', 'opening'] },
  {
    heading: /(?:投标|响应|申请)文件.*(?:提交|递交|截止)|(?:提交|递交).*(?:投标|响应|申请)文件/,
    label: /^(?:截止)?时\s*间$/,
    keys: ['deadline'],
  },
  { heading: /^(?:开标|开启|响应文件开启)$/, label: /^时\s*间$/, keys: ['opening'] },
  { heading: /获取(?:招标|采购|磋商|谈判|询价)?.*文件/, label: /^时\s*间$/, keys: ['documentPeriod'] },
];
/** Sections whose first line is the value. */
const WHOLE_SECTIONS: readonly { heading: RegExp; key: FactKey }[] = [
  { heading: /^(?:公告|公示)期限$/, key: 'publicityPeriod' },
  { heading: /(?:终止|流标|废标)(?:的)?(?:原因|理由)$/, key: 'terminationReason' },
];
const HEADING = /^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d{1,2}[.．、])\s*(.{2,40}?)[：:]?$/;
const SUBMISSION =
  /于\s*(\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*(?:上午|下午)?\s*\d{1,2}\s*[时点:：]\s*\d{0,2}\s*分?)\s*(?:[（(]\s*北京时间\s*[）)])?\s*(?:之)?前\s*(?:提交|递交|上传)/;

/** Values that only the section they stand in explains. `lines` are those of the body. */
export function fromSections(lines: readonly string[], labels: Labels): Candidate[] {
  const wanted = new Set([...labels.values()].map((known) => known.key));
  const found: Candidate[] = [];
  const add = (key: FactKey, label: string, value: string | undefined) => {
    if (value && wanted.has(key)) found.push({ key, rank: RANK, label, value });
  };
  for (const [index, line] of lines.entries()) {
    const submission = line.length < 600 ? SUBMISSION.exec(line) : null;
    if (submission) add('deadline', '递交', submission[1]);
    const heading = HEADING.exec(line)?.[1]?.replace(/\s/g, '');
    if (!heading) continue;
    const whole = WHOLE_SECTIONS.find((section) => section.heading.test(heading));
    if (whole) add(whole.key, heading, bodyLine(lines[index + 1], labels));
    const section = SECTIONS.find((entry) => entry.heading.test(heading));
    if (!section) continue;
    const value = labelledLine(lines.slice(index + 1, index + 1 + REACH), section.label);
    for (const key of section.keys) add(key, heading, value);
  }
  return found;
}

/** The line itself, unless it is the next heading or a labelled value. */
function bodyLine(line: string | undefined, labels: Labels): string | undefined {
  if (!line || line.length > 400 || HEADING.test(line)) return undefined;
  return candidate(line.split(/[：:]/)[0] ?? '', line, labels) ? undefined : line;
}

/** The value of the first `label：value` among the lines, before the next heading. The value may stand on the line below. */
function labelledLine(lines: readonly string[], label: RegExp): string | undefined {
  for (const [index, line] of lines.entries()) {
    const match = /^(?:\d+[.、])?\s*([^：:]{2,8})[：:]\s*(.*)$/.exec(line);
    if (match && label.test((match[1] ?? '').trim())) return match[2] || lines[index + 1];
    if (HEADING.test(line) && !match) return undefined;
  }
  return undefined;
}
