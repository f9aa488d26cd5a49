import { toYuanText } from '#src/domain/money/money.ts';
import type { BulkNotice } from './notice.ts';

export interface TableDefinition {
  label: string;
  /** SQL type and meaning of each column. */
  columns: Readonly<Record<string, readonly [type: 'TEXT' | 'INTEGER' | 'REAL', meaning: string]>>;
  key: readonly string[];
  rows(notice: BulkNotice): (string | number | null)[][];
}

/** The tables of the databases. Amounts are fen; times are UTC (ISO 8601). */
export const SQLITE_TABLES: Readonly<Record<string, TableDefinition>> = {
  notices: {
    label: '公告',
    columns: {
      id: ['TEXT', '公告编号'],
      version: ['INTEGER', '版本'],
      title: ['TEXT', '标题'],
      category: ['TEXT', '交易类别'],
      stage: ['TEXT', '环节'],
      county: ['TEXT', '县（市、区）'],
      published_at: ['TEXT', '来源的发布时间'],
      published_precision: ['TEXT', '发布时间的精度'],
      deadline_at: ['TEXT', '截止时间'],
      deadline_precision: ['TEXT', '截止时间的精度：day 只有日期，至当日结束才截止；endOfDay 为当日 24:00'],
      opening_at: ['TEXT', '开标（开启、拍卖）时间'],
      opening_precision: ['TEXT', '开标时间的精度'],
      amount_fen: ['INTEGER', '金额，单位为分'],
      amount_yuan: ['REAL', '金额，单位为元'],
      amount_kind: ['TEXT', '金额的含义'],
      project_id: ['TEXT', '所属项目'],
      project_code: ['TEXT', '项目编号'],
      lot_code: ['TEXT', '标段（包）编号'],
      source_name: ['TEXT', '来源网站'],
      source_url: ['TEXT', '来源网站上的原文地址'],
      updated_at: ['TEXT', '本平台最近一次更新内容的时间'],
      body_html: ['TEXT', '正文，已净化的 HTML 片段'],
    },
    key: ['id'],
    rows: (notice) => [
      [
        notice.id,
        notice.version,
        notice.title,
        notice.category,
        notice.stage,
        notice.county,
        notice.publishedAt,
        notice.publishedPrecision,
        notice.deadlineAt,
        notice.deadlinePrecision,
        notice.openingAt,
        notice.openingPrecision,
        notice.amountFen,
        notice.amountFen === null ? null : Number(toYuanText(notice.amountFen)),
        notice.amountKind,
        notice.projectId,
        notice.projectCode,
        notice.lotCode,
        notice.sourceName,
        notice.sourceUrl,
        notice.updatedAt,
        notice.bodyHtml,
      ],
    ],
  },
  parties: {
    label: '公告写明的单位',
    columns: {
      notice_id: ['TEXT', '公告编号'],
      role: ['TEXT', '角色'],
      name: ['TEXT', '名称'],
      uscc: ['TEXT', '统一社会信用代码'],
      organization_id: ['TEXT', '单位编号'],
    },
    key: ['notice_id', 'role', 'name'],
    rows: ({ id, parties }) =>
      parties.map(({ role, name, uscc, organizationId }) => [id, role, name, uscc, organizationId]),
  },
  facts: {
    label: '公告的要素',
    columns: {
      notice_id: ['TEXT', '公告编号'],
      key: ['TEXT', '要素'],
      text: ['TEXT', '来源的原文'],
      fen: ['INTEGER', '能确切读出的金额，单位为分'],
      square_metres: ['REAL', '能确切读出的面积，单位为平方米'],
      instant: ['TEXT', '能确切读出的时间'],
      precision: ['TEXT', '时间的精度'],
      doubt: ['TEXT', '存疑的原因'],
      entries: ['TEXT', '逐行的内容，JSON'],
    },
    key: ['notice_id', 'key'],
    rows: ({ id, facts }) =>
      Object.entries(facts).map(([key, fact]) => [
        id,
        key,
        fact.text,
        fact.fen ?? null,
        fact.squareMetres ?? null,
        fact.instant ?? null,
        fact.precision ?? null,
        fact.doubt ?? null,
        fact.entries ? JSON.stringify(fact.entries) : null,
      ]),
  },
  attachments: {
    label: '附件',
    columns: {
      notice_id: ['TEXT', '公告编号'],
      position: ['INTEGER', '次序'],
      name: ['TEXT', '文件名'],
      url: ['TEXT', '来源网站上的地址'],
    },
    key: ['notice_id', 'position'],
    rows: ({ id, attachments }) => attachments.map(({ name, url }, position) => [id, position, name, url]),
  },
};
