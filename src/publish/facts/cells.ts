import type { EntryKey, FactKey } from '#src/domain/facts/facts.ts';
import { factDefinition } from '#src/domain/facts/facts.ts';
import { looksLikePerson } from '#src/domain/organizations/person-name.ts';
import { remember } from '#src/domain/site/remember.ts';
import { isAnyLabel } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';
import { isOrganization } from './parties.ts';
import { PLACEHOLDER } from './values.ts';
import { HEADER_SHAPE, VALUE_WORD } from './vocabulary/columns.ts';
import { LOT_NAME, RANKED } from './vocabulary/entries.ts';

/** What a text looks like by its form alone. */
export type Form =
  | 'empty'
  | 'placeholder'
  | 'number'
  | 'money'
  | 'date'
  | 'code'
  | 'rank'
  | 'unit'
  | 'organization'
  | 'person'
  | 'sentence'
  | 'text';

const LONGEST_HEADER = 26;
const MONEY = /\d\s*[)）]?\s*[（(]?(?:人民币)?\s*[万亿]?[元圆]|[¥￥]\s*\d|[零壹贰叁肆伍陆柒捌玖拾佰仟][万亿]?(?:元|圆)/;
const DATE = /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}/;
export const RANK_VALUE =
  /^(?:推荐)?(?:第\s*[一二三四五六七八九十\d]+\s*(?:名|位|(?:中标|成交|中选|推荐|备选)*候选(?:人|供应商|单位)?)?|[一二三四五六七八九十]|\d{1,2}(?:名)?|(?:中标|成交)候选人第?[一二三四五\d]名?)$/;

/** The form of a text. */
export const formOf = remember((text: string): Form => {
  const plain = text.replace(/\s+/g, '');
  if (plain === '') return 'empty';
  if (PLACEHOLDER.test(plain)) return /^(?:人民币)?[（(]?[万亿]?元[）)]?$/.test(plain) ? 'unit' : 'placeholder';
  if (/^-?[\d,.，]+%?$/.test(plain)) return 'number';
  if (/^(?:人民币)?[（(]?(?:百|千)?[万亿]?元[）)]?(?:人民币)?$/.test(plain)) return 'unit';
  if (RANK_VALUE.test(plain) || RANKED.test(normaliseLabel(plain))) return 'rank';
  if (plain.length <= 60 && MONEY.test(plain)) return 'money';
  if (plain.length <= 50 && DATE.test(plain) && !/[a-z]/i.test(plain)) return 'date';
  if (isOrganization(plain)) return 'organization';
  if (/^[A-Za-z0-9\-_/.（）()[\]〔〕【】〈〉号第#]{4,60}$/.test(plain) && /\d/.test(plain)) return 'code';
  if (plain.length > 60 || /[。；！？]/.test(plain)) return 'sentence';
  return looksLikePerson(plain) && /某|\*/.test(plain) ? 'person' : 'text';
});

const NEVER_LABELS: Partial<Record<Form, number>> = {
  number: -4,
  money: -4,
  date: -4,
  code: -4,
  organization: -3,
  person: -3,
  sentence: -5,
  rank: -2,
  unit: -3,
  placeholder: -2,
  empty: 0,
};

/** A header that names what its numbers are: `中标（下浮率）`, `小写（元）`. */
const UNIT_BEHIND = /[（(](?:[^（）()\d]{0,8}率|[%％]|(?:人民币)?[万亿]?元|日历天|天)[）)]$/;

/** How much a text looks like a label or header: positive when it does, negative when it looks like a value. */
export const labelWeight = remember((text: string): number => {
  const form = formOf(text);
  if (form === 'empty') return 0;
  if (text.length > 60 || /[：:]\s*\S/.test(text.replace(/[（(][^（）()]*[）)]/g, ''))) return -4;
  const word = normaliseLabel(text);
  if (VALUE_WORD.test(word) || (text.length <= 8 && LOT_NAME.exec(text)?.[0].length === text.length)) return -3;
  if (form === 'rank' && /(?:名称|单位|公司)$/.test(word)) return 3;
  if (word !== '' && isAnyLabel(word)) return form === 'number' ? -4 : 4;
  if (form === 'text' && !/\d/.test(word) && word.length <= 8 && UNIT_BEHIND.test(text)) return 3;
  const weight = NEVER_LABELS[form];
  if (weight !== undefined) return weight;
  if (/[：:]$/.test(text)) return 3;
  if (word.length > LONGEST_HEADER) return -3;
  const isShaped = HEADER_SHAPE.test(word) && !/\d{2}/.test(word);
  if (isShaped) return word.length <= 10 ? 1.6 : word.length <= 16 ? 0.6 : -0.5;
  return word.length <= 8 ? -0.8 : -1.8;
});

/** Does the text read like a header or label, known to us or not? */
export function isLabelLike(text: string): boolean {
  return labelWeight(text) > 0;
}

/** How well a text suits as the value of a fact or column: positive when it does. Empty cells say nothing. */
export function fitOf(key: FactKey | EntryKey, text: string): number {
  const form = formOf(text);
  if (form === 'empty' || form === 'placeholder') return 0;
  if (labelWeight(text) >= 3) return -3;
  if (key === 'buyer' || key === 'agency' || key === 'supplier') return fitOfParty(form, text);
  if (key === 'rank') return form === 'rank' || form === 'number' ? 1.5 : -1.5;
  if (key === 'score') return form === 'number' ? 1 : /\d/.test(text) ? 0.3 : -1;
  const { kind } = factDefinition(key);
  if (kind === 'money')
    return form === 'money' ? 2.5 : form === 'number' ? 2 : /\d.*[元%‰折]|[壹贰叁肆伍陆柒捌玖拾]/.test(text) ? 0.3 : -2;
  if (kind === 'instant') return form === 'date' ? 2.5 : /\d/.test(text) ? 0 : -2;
  if (kind === 'area') return form === 'number' ? 2 : /\d/.test(text) ? 1 : -2;
  if (/Code$|^parcelNo$/.test(key)) return /\d/.test(text) && text.length <= 80 ? 1 : -1.5;
  return form === 'money' ||
    (form === 'number' && key !== 'lot' && key !== 'contractPeriod' && key !== 'grantTerm' && key !== 'plotRatio')
    ? -1
    : 0.4;
}

function fitOfParty(form: Form, text: string): number {
  if (form === 'organization') return 2.5;
  if (form === 'person') return 1;
  if (form === 'text') return /(?:公司|集团|局|院|中心|学校|医院|政府|委员会)/.test(text) ? 1 : -0.6;
  return form === 'sentence' && text.length < 120 && /公司/.test(text) ? 0.3 : -2;
}
