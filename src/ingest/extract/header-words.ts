import type { Cell } from './grid.ts';
import { findColumn, findLabel, type Labels } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';

const HEADER_WORD =
  /^(?:序号|包号|包组|标段号?|标包|品目.*|名称|.*单位|数量|规格.*|型号.*|品牌|备注|地址|.*地址|.*得分|排名|排序|名次|单价.*|总价|.*期限?|.*时间|.*日期|.*概况|.*内容|.*要求|.*方式|.*等级|.*负责人|项目经理|.*经理|.*编号|.*名称|.*金额|.*价.*|.*面积|.*用途|.*年限|.*比例|.*标准|.*人|.*总监|.*电话|质量.*|是否.*|评审.*|结果|.*证书.*|.*密度|绿地率|建筑限高|容积率|.*代码|.*情况|.*项目|规划.*|出让.*|竞买.*|说明|签名|签字|.*率)$/;
const LONGEST_HEADER = 24;

/** Is the text a label of a fact or of a column of a list? */
export function isKnown(text: string, labels: Labels): boolean {
  return text !== '' && (findLabel(text, labels) !== undefined || findColumn(text, labels) !== undefined);
}

/** Does the text read like a header, known to us or not? */
export function isLabelLike(text: string, labels: Labels): boolean {
  if (text === '' || /[：:]\s*\S/.test(text)) return false;
  if (isKnown(text, labels)) return true;
  const label = normaliseLabel(text);
  return label.length <= LONGEST_HEADER && HEADER_WORD.test(label) && !/\d{2}/.test(label);
}

/** Can the cells of a row be headers? Two alone must both be known: `采购方式 | 询价` is a label and its value. */
export function areHeaders(cells: readonly Cell[], labels: Labels): boolean {
  const known = cells.filter(({ text }) => isKnown(text, labels)).length;
  if (cells.length < 2 || known === 0 || (cells.length === 2 && known < 2)) return false;
  return cells.every(({ text }) => text === '' || isLabelLike(text, labels));
}

/** The cells of a row, each once. */
export function distinctCells(row: readonly Cell[]): Cell[] {
  return row.filter((cell, index) => cell !== row[index - 1]);
}
