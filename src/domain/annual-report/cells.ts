import { CATEGORIES, CATEGORY_SLUGS } from '../categories.ts';
import {
  APPLICANT_TYPE_KEYS,
  APPLICANT_TYPES,
  TABLE_THREE_ROW_KEYS,
  TABLE_THREE_ROWS,
} from '../disclosure/decisions.ts';
import { REVIEW_KIND_KEYS, REVIEW_KINDS, REVIEW_OUTCOME_KEYS, REVIEW_OUTCOMES } from '../foi/reviews.ts';
import type { ReportForm } from './forms.ts';
import { TABLE_TWO } from './table-two.ts';

/** A figure of the report. */
export interface CellDefinition {
  /** `three.granted.person`. */
  key: string;
  /** Where it stands, as somebody would say it: `表三 · （一）予以公开 · 自然人`. */
  label: string;
  /** Amounts are whole fen; all others whole numbers. */
  isAmount: boolean;
  /** Changes alone may be below nought. */
  isSigned: boolean;
}

/** Figures of a report by the keys of their cells. */
export type Cells = Readonly<Record<string, number>>;

/** Columns of table three, the sum last. */
export const THREE_COLUMNS = { ...APPLICANT_TYPES, total: '总计' } as const;
export type ThreeColumn = keyof typeof THREE_COLUMNS;
export const THREE_COLUMN_KEYS = [...APPLICANT_TYPE_KEYS, 'total'] as const satisfies readonly ThreeColumn[];

/** Columns of each group of table four, the sum last. */
export const FOUR_COLUMNS = { ...REVIEW_OUTCOMES, pending: '尚未审结', total: '总计' } as const;
export type FourColumn = keyof typeof FOUR_COLUMNS;
export const FOUR_COLUMN_KEYS = [...REVIEW_OUTCOME_KEYS, 'pending', 'total'] as const satisfies readonly FourColumn[];

/** The form of 2020 has one row for what the later one divides in three. */
const OTHER_2020 = { other: '（六）其他处理' };

/** Rows of table three that are ways of deciding, in the order of a form. */
export function decisionRows(form: ReportForm): Record<string, string> {
  const rows = TABLE_THREE_ROW_KEYS.map((key) => [key, TABLE_THREE_ROWS[key]] as const);
  if (form === '2021') return Object.fromEntries(rows);
  return { ...Object.fromEntries(rows.filter(([key]) => !key.startsWith('other.'))), ...OTHER_2020 };
}

/** Every row of table three in a form. */
export const threeRows = (form: ReportForm): Record<string, string> => ({
  newReceived: '一、本年新收政府信息公开申请数量',
  carriedOver: '二、上年结转政府信息公开申请数量',
  ...decisionRows(form),
  totalProcessed: '（七）总计',
  carriedForward: '四、结转下年度继续办理',
});

/** Figures that stand in the text alone. */
export const TEXT_CELLS = {
  proposals: '政协提案、人大建议答复件数',
  dailyVisits: '网站日均访问人次',
  libraryOrganizations: '投标企业信息库收录企业数',
  interpretations: '政策解读件数',
  counties: '县（市、区）子网站数',
  hotlineCalls: '市长公开电话来件',
  complaintsTransferred: '转交的质疑投诉',
  biddersReferred: '移送的投标单位',
  trainings: '政务公开培训场次',
  fees: '收取的信息处理费',
} as const;
export type TextCell = keyof typeof TEXT_CELLS;

const cell = (key: string, label: string, more: Partial<CellDefinition> = {}): CellDefinition => ({
  ...{ key, label, isAmount: false, isSigned: false },
  ...more,
});

/** Every figure of a form, in the order of the report. */
export function cellsOf(form: ReportForm): CellDefinition[] {
  return [
    ...CATEGORY_SLUGS.map((slug) => cell(`publications.${slug}`, `概述 · ${CATEGORIES[slug].label}信息条数`)),
    ...Object.entries(TEXT_CELLS).map(([key, label]) =>
      cell(`text.${key}`, `正文 · ${label}`, { isAmount: key === 'fees' }),
    ),
    ...TABLE_TWO[form].flatMap(({ rows, columns }) =>
      rows.flatMap((row) =>
        columns.map(({ key, label, isAmount = false }) =>
          cell(`two.${row.key}.${key}`, `表二 · ${row.label} · ${label}`, { isAmount, isSigned: key === 'change' }),
        ),
      ),
    ),
    ...Object.entries(threeRows(form)).flatMap(([row, label]) =>
      THREE_COLUMN_KEYS.map((column) => cell(`three.${row}.${column}`, `表三 · ${label} · ${THREE_COLUMNS[column]}`)),
    ),
    ...REVIEW_KIND_KEYS.flatMap((kind) =>
      FOUR_COLUMN_KEYS.map((column) =>
        cell(`four.${kind}.${column}`, `表四 · ${REVIEW_KINDS[kind]} · ${FOUR_COLUMNS[column]}`),
      ),
    ),
  ];
}

/** An amount as forms print it: fen as 万元, without needless noughts. */
export const formatAmount = (fen: number): string => String(fen / 1_000_000);

/** A figure as it is printed. */
export const formatCell = ({ isAmount }: Pick<CellDefinition, 'isAmount'>, value: number): string =>
  isAmount ? formatAmount(value) : String(value);
