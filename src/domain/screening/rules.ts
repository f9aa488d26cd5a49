import type { PersonalDataKind } from '../personal-data/redact.ts';

interface ScreeningRule {
  label: string;
  /** Where it is written; shown beside a find. */
  basis: string;
}

/** What a draft is screened for before it is published 保密审查 (政府信息公开条例 第十七条). */
export const SCREENING_RULES = {
  idCard: { label: '身份证件号码', basis: '个人信息保护法 第二十八条' },
  bankCard: { label: '个人银行卡号', basis: '个人信息保护法 第二十八条' },
  mobile: { label: '手机号码', basis: '个人信息保护法 第六条' },
  secrecyMark: { label: '国家秘密标志', basis: '保守国家秘密法 第二十四条；政府信息公开条例 第十四条' },
  internalMark: { label: '内部文件标志', basis: '政府信息公开条例 第十六条' },
  expertName: { label: '评审专家姓名（结果确定前）', basis: '招标投标法 第三十七条' },
  listedWord: { label: '本单位审查词', basis: '本单位设置' },
} as const satisfies Record<PersonalDataKind, ScreeningRule> & Record<string, ScreeningRule>;

export type ScreeningRuleKey = keyof typeof SCREENING_RULES;

/** What stands in a text, `[start, end)`. */
export interface TextFind {
  rule: ScreeningRuleKey;
  start: number;
  end: number;
  /** Why it is on the list, where the list says. */
  remark?: string;
}
