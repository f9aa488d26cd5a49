import type { EntryKey, FactKey } from '#src/domain/facts/facts.ts';

/** Where a label comes from. */
export const SOURCES = {
  mof: '财政部《政府采购公告和公示信息格式规范（2020年版）》',
  ndrc: '《标准施工招标文件》《招标公告和公示信息发布管理办法》',
  mnr: '自然资源部土地、矿业权网上交易公告格式',
  sasac: '《企业国有资产交易操作规则》及产权交易机构公告格式',
  seen: '各地平台公告中所见',
} as const;

export type LabelSource = keyof typeof SOURCES;

/**
 * Labels of a fact or column: words parted by blanks, as `normaliseLabel` gives them, and shapes that a whole label may
 * have. Of one fact a lower tier counts before a higher one; labels of one tier must agree.
 */
export interface LabelLine<Key extends string = FactKey> {
  key: Key;
  tier: number;
  source: LabelSource;
  words?: string;
  shape?: RegExp;
  /** Only where something is sold: elsewhere the words mean something else. */
  isSale?: true;
}

export type EntryLine = LabelLine<EntryKey>;
