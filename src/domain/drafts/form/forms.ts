import type { Category } from '../../categories.ts';
import { type Stage, stagesOf } from '../../stages.ts';
import { CALLS } from './calls.ts';
import { CHANGES } from './changes.ts';
import { type FieldKey, type FormField, toField } from './fields.ts';
import { RESULTS } from './results.ts';
import type { FormRule } from './rules.ts';
import type { Family, SectionSpec, StageForms } from './sections.ts';

/** Fields that one clause asks for. */
export interface FormSection {
  title: string;
  rule: FormRule;
  fields: readonly FormField[];
}

/** What a notice of a category and stage has to say and may say, in the order in which it says it. */
export interface NoticeForm {
  category: Category;
  stage: Stage;
  sections: readonly FormSection[];
}

const FORMS: Readonly<Record<Stage, StageForms>> = { ...CALLS, ...CHANGES, ...RESULTS };

interface Kind {
  family: Family;
  /** Whether the instruments bind its deals; where not, its notices follow them as a model. */
  isBound: boolean;
  /** What can be chosen as the way of buying or selling (招标投标法第十条; 政府采购法第二十六条; 国土资源部令第39号; 第32号令). */
  methods: readonly string[];
}

const TENDERS = ['公开招标', '邀请招标'] as const;
const TALKS = ['竞争性谈判', '竞争性磋商', '询价'] as const;
const GRANTS = ['招标', '拍卖', '挂牌', '协议'] as const;
const KINDS: Readonly<Record<Category, Kind>> = {
  construction: { family: 'works', isBound: true, methods: TENDERS },
  procurement: {
    family: 'purchases',
    isBound: true,
    methods: [...TENDERS, ...TALKS, '单一来源', '框架协议', '合作创新采购'],
  },
  medical: { family: 'purchases', isBound: false, methods: [...TENDERS, ...TALKS, '单一来源', '框架协议'] },
  general: { family: 'purchases', isBound: false, methods: [...TENDERS, ...TALKS, '拍卖', '网上竞价', '其他'] },
  land: { family: 'land', isBound: true, methods: GRANTS },
  mining: { family: 'mining', isBound: true, methods: GRANTS },
  property: {
    family: 'property',
    isBound: true,
    methods: ['网络竞价', '拍卖', '招投标', '协议转让', '其他竞价方式'],
  },
};

const cache = new Map<string, NoticeForm>();

/** The form of a category and stage. @throws RangeError for a stage that the category does not have */
export function formOf(category: Category, stage: Stage): NoticeForm {
  const name = `${category}/${stage}`;
  const found = cache.get(name) ?? makeForm(category, stage);
  cache.set(name, found);
  return found;
}

function makeForm(category: Category, stage: Stage): NoticeForm {
  const forms = FORMS[stage];
  const specs = forms[KINDS[category].family] ?? forms.all;
  if (!specs || !stagesOf(category).includes(stage)) throw new RangeError(`no form of ${category}/${stage}`);
  return { category, stage, sections: specs.map((spec) => toSection(spec, category, stage)) };
}

function toSection({ title, rule, fields, columns }: SectionSpec, category: Category, stage: Stage): FormSection {
  const [instrument, clause] = rule;
  const { isBound, methods } = KINDS[category];
  const isModel = instrument !== 'OWN' && !isBound;
  const quoted: FormRule = { instrument, clause, ...(isModel ? { isModel } : {}) };
  const toWhole = (spec: SectionSpec['fields'][number]): FormField => {
    const key = spec.replace('!', '') as FieldKey;
    return toField(spec, quoted, category, stage, columns?.[key], methods);
  };
  return { title, rule: quoted, fields: fields.map(toWhole) };
}

/** Every field of a form. */
export function fieldsOf({ sections }: NoticeForm): FormField[] {
  return sections.flatMap(({ fields }) => fields);
}
