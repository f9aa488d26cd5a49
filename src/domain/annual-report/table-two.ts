import type { ReportForm } from './forms.ts';

/** A row of table two 主动公开政府信息情况; a cell's key is `two.<row>.<column>`. */
interface Row {
  key: string;
  label: string;
}

interface Column {
  key: string;
  label: string;
  /** Amounts are whole fen, printed in 万元. */
  isAmount?: true;
}

/** Rows that share their columns, below the item of article 20 that demands them (政府信息公开条例). */
export interface TableTwoGroup {
  item: string;
  rows: readonly Row[];
  columns: readonly Column[];
}

const OLD_COUNTS: readonly Column[] = [
  { key: 'previous', label: '上一年项目数量' },
  { key: 'change', label: '本年增/减' },
  { key: 'decisions', label: '处理决定数量' },
];
const RULES: Row = { key: 'rules', label: '规章' };
const LICENCES: Row = { key: 'licences', label: '行政许可' };
const PENALTIES: readonly Row[] = [
  { key: 'penalties', label: '行政处罚' },
  { key: 'coercion', label: '行政强制' },
];
const CHARGES: Row = { key: 'charges', label: '行政事业性收费' };
const DECISIONS: readonly Column[] = [{ key: 'decisions', label: '本年处理决定数量' }];

/** Table two as each form has it. */
export const TABLE_TWO: Record<ReportForm, readonly TableTwoGroup[]> = {
  '2020': [
    {
      item: '第二十条第（一）项',
      rows: [RULES, { key: 'documents', label: '规范性文件' }],
      columns: [
        { key: 'made', label: '本年新制作数量' },
        { key: 'published', label: '本年新公开数量' },
        { key: 'inForce', label: '对外公开总数量' },
      ],
    },
    {
      item: '第二十条第（五）项',
      rows: [LICENCES, { key: 'services', label: '其他对外管理服务事项' }],
      columns: OLD_COUNTS,
    },
    { item: '第二十条第（六）项', rows: PENALTIES, columns: OLD_COUNTS },
    { item: '第二十条第（八）项', rows: [CHARGES], columns: OLD_COUNTS.slice(0, 2) },
    {
      item: '第二十条第（九）项',
      rows: [{ key: 'centralProcurement', label: '政府集中采购' }],
      columns: [
        { key: 'count', label: '采购项目数量' },
        { key: 'amount', label: '采购总金额', isAmount: true },
      ],
    },
  ],
  '2021': [
    {
      item: '第二十条第（一）项',
      rows: [RULES, { key: 'documents', label: '行政规范性文件' }],
      columns: [
        { key: 'made', label: '本年制发件数' },
        { key: 'repealed', label: '本年废止件数' },
        { key: 'inForce', label: '现行有效件数' },
      ],
    },
    { item: '第二十条第（五）项', rows: [LICENCES], columns: DECISIONS },
    { item: '第二十条第（六）项', rows: PENALTIES, columns: DECISIONS },
    {
      item: '第二十条第（八）项',
      rows: [CHARGES],
      columns: [{ key: 'amount', label: '本年收费金额（单位：万元）', isAmount: true }],
    },
  ],
};
