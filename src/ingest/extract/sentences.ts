import type { FactKey } from '#src/domain/facts.ts';
import { type Candidate, pieceFrom } from './candidates.ts';
import type { Line } from './document.ts';
import type { Labels } from './labels.ts';

/** Behind values of sections. */
const SENTENCE_TIER = 95;
const LONGEST_LINE = 3_000;
const DAY = String.raw`\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日`;

/** Sentences that state a fact; the first group is the value. Every repetition is bounded. */
const SENTENCES: readonly { key: FactKey; pattern: RegExp }[] = [
  {
    key: 'deadline',
    pattern: new RegExp(
      String.raw`于\s*(${DAY}\s*(?:上午|下午)?\s*\d{1,2}\s*[时点:：]\s*\d{0,2}\s*分?)\s*(?:[（(]\s*北京时间\s*[）)])?\s*(?:之)?前\s*(?:提交|递交|上传)`,
    ),
  },
  {
    key: 'deadline',
    pattern: new RegExp(
      String.raw`(?:截止时间|截止日期)[^：:。；，]{0,20}为\s*[:：]?\s*(${DAY}\s*(?:上午|下午)?\s*\d{1,2}\s*[时点:：]\s*\d{0,2}\s*分?)`,
    ),
  },
  {
    key: 'buyer',
    pattern:
      /(?:招标人|采购人|建设单位|项目业主|业主)(?:[（(][^（）()]{1,10}[）)])?为\s*[:：]?\s*([^，,。；;：:（(\s]{4,40})/,
  },
  { key: 'buyer', pattern: /受\s*([^，,。；;：:（(\s]{4,40}?)(?:的)?\s*委托\s*[，,]/ },
  {
    key: 'agency',
    pattern: /^\s*([^，,。；;：:（(\s]{4,40}(?:公司|中心|事务所))\s*[（(]?[^，,。；;]{0,20}[）)]?受.{2,40}委托/,
  },
  { key: 'agency', pattern: /(?:招标代理机构|采购代理机构|代理机构)为\s*[:：]?\s*([^，,。；;：:（(\s]{4,40})/ },
  {
    key: 'supplier',
    pattern:
      /(?:中标人|中标单位|中标供应商|成交供应商|成交人|竞得人)(?:确定)?为\s*[:：]?\s*([^，,。；;：:（(\s]{4,40})/,
  },
  {
    key: 'supplier',
    pattern: /确定\s*([^，,。；;：:（(\s]{4,40}(?:公司|院|中心|厂))\s*为(?:本项目(?:的)?)?(?:中标|成交)/,
  },
  { key: 'awardAmount', pattern: statedAmount('(?:中标|成交)(?:总?价格?|金额|总金额)') },
  { key: 'dealPrice', pattern: statedAmount('成交(?:总?价款?|金额)') },
  { key: 'budget', pattern: statedAmount('(?:预算金额|采购预算|项目预算|预算)') },
  { key: 'ceilingPrice', pattern: statedAmount('(?:招标控制价|最高限价|最高投标限价)') },
  {
    key: 'terminationReason',
    pattern:
      /((?:因|由于|鉴于)[^。；;]{4,100}?)[，,](?:[^。；;，,]{0,30}[，,])?[^。；;，,]{0,30}(?:流标|废标|终止|招标失败|采购失败)/,
  },
  {
    key: 'publicityPeriod',
    pattern: new RegExp(
      String.raw`公示(?:期|时间)为?\s*[:：]?\s*(${DAY}[^，。；]{0,12}(?:至|到|-|—)\s*${DAY}[^，。；]{0,10})`,
    ),
  },
];

/** `中标价为…元`: an amount behind its name. */
function statedAmount(name: string): RegExp {
  return new RegExp(
    String.raw`${name}为\s*[:：]?\s*((?:人民币)?\s*[¥￥]?\s*\d[\d,.]{0,20}\s*[万亿]?元(?:\s*[/／每][^，。；]{0,6})?)`,
  );
}

/** Facts that running text states in set phrases. */
export function readSentences(lines: readonly Line[], labels: Labels): Candidate[] {
  const sentences = SENTENCES.filter(({ key }) => labels.keys.has(key));
  return lines.flatMap((line, index) => {
    if (line.text.length < 8 || line.text.length > LONGEST_LINE) return [];
    const text = isBroken(line.text)
      ? [line, ...lines.slice(index + 1, index + 4)].map((part) => part.text).join('')
      : line.text;
    return sentences.flatMap(({ key, pattern }): Candidate[] => {
      const match = pattern.exec(text);
      const value = match?.[1];
      if (!match || !value) return [];
      const { at } = pieceFrom({ text, at: line.at }, match.index + match[0].indexOf(value));
      return [{ key, tier: SENTENCE_TIER, label: '', value, rule: 'sentence', ...(at === undefined ? {} : { at }) }];
    });
  });
}

/** Sources break sentences into lines: the invitation's goes on below. */
function isBroken(text: string): boolean {
  return text.length < 120 && /并于\s*(?:\d|$)/.test(text);
}
