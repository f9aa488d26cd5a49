import {
  type Cells,
  FOUR_COLUMN_KEYS,
  FOUR_COLUMNS,
  formatAmount,
  THREE_COLUMN_KEYS,
  THREE_COLUMNS,
} from '#src/domain/annual-report/cells.ts';
import type { ReportForm } from '#src/domain/annual-report/forms.ts';
import { TABLE_TWO, type TableTwoGroup } from '#src/domain/annual-report/table-two.ts';
import { REVIEW_KIND_KEYS } from '#src/domain/foi/reviews.ts';
import type { Cell, Table } from '../model.ts';

const header = (text: string, more: Partial<Cell> = {}): Cell => ({ text, ...more });
const rowHeader = (text: string, more: Partial<Cell> = {}): Cell => ({ text, header: true, align: 'left', ...more });
const figure = (cells: Cells, key: string): Cell => ({ text: String(cells[key] ?? '') });

/** Table two 主动公开政府信息情况: a table for each item of article 20, as the form has them one below the other. */
export function tableTwo(form: ReportForm, cells: Cells): Table[] {
  return TABLE_TWO[form].map((group) => toGroupTable(group, cells));
}

function toGroupTable({ item, rows, columns }: TableTwoGroup, cells: Cells): Table {
  const isAmount = columns.some((column) => column.isAmount && !column.label.includes('万元'));
  return {
    kind: 'table',
    caption: item,
    ...(isAmount ? { unit: '金额单位：万元' } : {}),
    widths: [2, ...columns.map(() => 1.4)],
    head: [[header('信息内容'), ...columns.map(({ label }) => header(label))]],
    body: rows.map((row) => [
      rowHeader(row.label),
      ...columns.map((column) => {
        const key = `two.${row.key}.${column.key}`;
        return column.isAmount ? { text: formatAmount(cells[key] ?? 0) } : figure(cells, key);
      }),
    ]),
  };
}

/** Parts of （三） to （六） with their rows; '' where the part is its only row. */
const PARTS: Record<ReportForm, readonly [part: string, rows: readonly [key: string, label: string][]][]> = {
  '2020': [...commonParts(), ['', [['other', '（六）其他处理']]]],
  '2021': [
    ...commonParts(),
    [
      '（六）其他处理',
      [
        ['other.notCorrected', '1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请'],
        ['other.notPaid', '2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请'],
        ['other.other', '3.其他'],
      ],
    ],
  ],
};

function commonParts(): [string, [string, string][]][] {
  return [
    ['', [['granted', '（一）予以公开']]],
    ['', [['partialGrant', '（二）部分公开（区分处理的，只计这一情形，不计其他情形）']]],
    [
      '（三）不予公开',
      [
        ['denied.stateSecret', '1.属于国家秘密'],
        ['denied.otherLaw', '2.其他法律行政法规禁止公开'],
        ['denied.security', '3.危及“三安全一稳定”'],
        ['denied.thirdParty', '4.保护第三方合法权益'],
        ['denied.internal', '5.属于三类内部事务信息'],
        ['denied.process', '6.属于四类过程性信息'],
        ['denied.caseFile', '7.属于行政执法案卷'],
        ['denied.registry', '8.属于行政查询事项'],
      ],
    ],
    [
      '（四）无法提供',
      [
        ['unable.notHeld', '1.本机关不掌握相关政府信息'],
        ['unable.toBeMade', '2.没有现成信息需要另行制作'],
        ['unable.unclear', '3.补正后申请内容仍不明确'],
      ],
    ],
    [
      '（五）不予处理',
      [
        ['notProcessed.petition', '1.信访举报投诉类申请'],
        ['notProcessed.repeated', '2.重复申请'],
        ['notProcessed.publication', '3.要求提供公开出版物'],
        ['notProcessed.excessive', '4.无正当理由大量反复申请'],
        ['notProcessed.confirmation', '5.要求行政机关确认或重新出具已获取信息'],
      ],
    ],
  ];
}

/** Table three 收到和处理政府信息公开申请情况. */
export function tableThree(form: ReportForm, cells: Cells): Table {
  const figures = (row: string) => THREE_COLUMN_KEYS.map((column) => figure(cells, `three.${row}.${column}`));
  const whole = (label: string, row: string) => [rowHeader(label, { columns: 3 }), ...figures(row)];
  const decisions = PARTS[form].flatMap(([part, rows]) =>
    rows.map(([key, label], at) => [
      ...(part !== '' && at === 0 ? [rowHeader(part, { rows: rows.length })] : []),
      rowHeader(label, part === '' ? { columns: 2 } : {}),
      ...figures(key),
    ]),
  );
  const sum = [rowHeader('（七）总计', { columns: 2 }), ...figures('totalProcessed')];
  const results: Cell[][] = [...decisions, sum];
  const first = results[0] ?? [];
  results[0] = [rowHeader('三、本年度办理结果', { rows: results.length }), ...first];
  return {
    kind: 'table',
    caption: '收到和处理政府信息公开申请情况',
    unit: '单位：件',
    widths: [1.3, 1.6, 3.4, ...THREE_COLUMN_KEYS.map(() => 1)],
    dense: true,
    head: threeHead(),
    body: [
      whole('一、本年新收政府信息公开申请数量', 'newReceived'),
      whole('二、上年结转政府信息公开申请数量', 'carriedOver'),
      ...results,
      whole('四、结转下年度继续办理', 'carriedForward'),
    ],
  };
}

function threeHead(): Cell[][] {
  const rule = '（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）';
  const { person, total, ...legal } = THREE_COLUMNS;
  return [
    [header(rule, { columns: 3, rows: 3 }), header('申请人情况', { columns: 7 })],
    [header(person, { rows: 2 }), header('法人或其他组织', { columns: 5 }), header(total, { rows: 2 })],
    Object.values(legal).map((label) => header(label)),
  ];
}

/** Table four 因政府信息公开工作被申请行政复议、提起行政诉讼情况. */
export function tableFour(cells: Cells): Table {
  const outcomes = () => FOUR_COLUMN_KEYS.map((column) => header(FOUR_COLUMNS[column]));
  const upright = { rows: 2 } as const;
  return {
    kind: 'table',
    caption: '政府信息公开行政复议、行政诉讼情况',
    unit: '单位：件',
    widths: Array.from({ length: 15 }, () => 1),
    dense: true,
    head: [
      [header('行政复议', { columns: 5 }), header('行政诉讼', { columns: 10 })],
      [
        ...FOUR_COLUMN_KEYS.map((column) => header(FOUR_COLUMNS[column], upright)),
        header('未经复议直接起诉', { columns: 5 }),
        header('复议后起诉', { columns: 5 }),
      ],
      [...outcomes(), ...outcomes()],
    ],
    body: [
      REVIEW_KIND_KEYS.flatMap((kind) => FOUR_COLUMN_KEYS.map((column) => figure(cells, `four.${kind}.${column}`))),
    ],
  };
}
