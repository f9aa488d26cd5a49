import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { Params } from '#db/compile.ts';
import { defineQuery, defineSelect } from '#db/query.ts';
import { notices, noticeVersions, WORK_CONDITIONS } from '#db/schema/index.ts';
import { aliased, named } from '#db/sql-pieces.ts';
import type { Category } from '#src/domain/categories.ts';
import type { County } from '#src/domain/counties/counties.ts';
import { NotFoundError } from '#src/domain/errors.ts';
import {
  FACT_CORRECTION_KINDS,
  type FactCorrection,
  type FactPlace,
  linesWith,
  livingCorrections,
  toPlace,
} from '#src/domain/facts/fact-corrections.ts';
import { FACT_DOUBTS } from '#src/domain/facts/fact-evidence.ts';
import { entryLabel, formatFactExact } from '#src/domain/facts/fact-text.ts';
import { factLabel } from '#src/domain/facts/fact-words.ts';
import {
  type EntryKey,
  FACT_KEYS,
  type FactKey,
  type Facts,
  type FactValue,
  factDefinition,
} from '#src/domain/facts/facts.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { Stage } from '#src/domain/stages.ts';
import type { Instant } from '#src/domain/time/time.ts';
import { decideFact } from '#src/publish/corrections/decide-fact.ts';
import { listFactCorrections, textOf } from '#src/publish/corrections/layer.ts';
import { listReadings } from '#src/publish/facts/extract.ts';
import { type Owned, parseForm, type WorkList } from '../list.ts';
import { reasonField } from './reason.ts';

/** A value that a fact may have, as the notice has it in some place. */
export interface Choice {
  text: string;
  /** The typed value, where it says more than the words. */
  exact: string | null;
}

/** A fact of a notice that staff can put right. */
export interface FactRow {
  place: FactPlace;
  label: string;
  kind: 'text' | 'money' | 'instant' | 'area';
  /** What counts now; null where the notice says nothing. */
  text: string | null;
  exact: string | null;
  /** Why it is doubtful, in words; null where it is not. */
  doubt: string | null;
  /** The whole lines of the notice in which it stands. */
  passage: string;
  choices: Choice[];
  /** What staff decided, where that counts. */
  decided: { kind: FactCorrection['kind']; reason: string; at: Instant } | null;
}

/** A notice with its facts. */
export interface NoticeFacts extends Owned {
  list: 'facts';
  id: string;
  version: number;
  category: Category;
  stage: Stage;
  rows: FactRow[];
  /** The notice in lines. */
  text: string;
  history: FactCorrection[];
}

const n = aliased(notices, 'n');
interface Wanted {
  since: string;
  id: string;
  limit: number;
}
const FIELDS = {
  id: n.id,
  title: n.title,
  county: n.county,
  since: n.firstSeenAt,
  facts: n.facts,
  category: n.category,
  stage: n.stage,
};
const behind = (p: Params<Wanted>) =>
  sql`(${n.firstSeenAt}, ${n.id}) > (${p.since}, ${p.id}) ORDER BY ${n.firstSeenAt}, ${n.id} LIMIT ${p.limit}`;
const ALL = defineSelect((p: Params<Wanted>) => ({
  fields: FIELDS,
  rest: sql`FROM ${named(n)} WHERE ${WORK_CONDITIONS.doubtful('n.')} AND ${behind(p)}`,
}));
const OF_COUNTY = defineSelect((p: Params<Wanted & { county: County }>) => ({
  fields: FIELDS,
  rest: sql`FROM ${named(n)} WHERE ${WORK_CONDITIONS.doubtful('n.')} AND ${n.county} = ${p.county} AND ${behind(p)}`,
}));
const FIND = defineQuery((db, p: Params<{ id: string }>) =>
  db
    .select({ version: notices.version, facts: notices.facts, county: notices.county, content: noticeVersions.content })
    .from(notices)
    .innerJoin(
      noticeVersions,
      and(eq(noticeVersions.noticeId, notices.id), eq(noticeVersions.version, notices.version)),
    )
    .where(and(eq(notices.id, p.id), eq(notices.isPublic, 1).inlineParams())),
);

const FORM = z.object({
  act: z.enum(FACT_CORRECTION_KINDS, '请选择要做的操作'),
  version: z.coerce.number('请刷新后再操作').int(),
  place: z.string().regex(/^[A-Za-z]+(?:\.\d{1,4}\.[A-Za-z]+)?$/, '没有这项要素'),
  choice: z.string().default(''),
  typed: z.string().trim().max(300, '内容太长').default(''),
  quote: z.string().trim().max(2_000, '引用的原文太长').default(''),
  reason: reasonField,
});

export const facts: WorkList<NoticeFacts> = {
  rows(db, { county, after, limit }) {
    const values = { ...after, limit };
    const rows = county === null ? ALL.all(db, values) : OF_COUNTY.all(db, { ...values, county });
    return rows.map(({ facts: read, category, stage, ...row }) => ({
      ...row,
      detail: listDoubts(read)
        .map(({ key, value }) => `${factLabel(key, category, stage)}：${FACT_DOUBTS[value.doubt ?? 'unreadable']}`)
        .join('；'),
    }));
  },
  item: getFacts,
  act(db, item, values, by) {
    const { act, choice, typed, ...form } = parseForm(FORM, values);
    const said = typed === '' ? choice : typed;
    const decision = { ...form, noticeId: item.id, kind: act, typed: act === 'set' ? said : '' };
    const number = decideFact(db, decision, by);
    return { reason: form.reason, details: { act, place: form.place, correction: number } };
  },
};

interface Found {
  key: FactKey;
  cell?: { row: number; column: EntryKey };
  value: FactValue;
}

/** Facts and cells that are doubtful and that nobody has looked at. */
const listDoubts = (facts: Facts): Found[] => walk(facts).filter(({ value }) => value.doubt && !value.isSeen);

function walk(facts: Facts): Found[] {
  return FACT_KEYS.flatMap((key): Found[] => {
    const value = facts[key];
    if (!value) return [];
    const cells = (value.entries ?? []).flatMap((entry, row) =>
      (Object.entries(entry) as [EntryKey, FactValue][]).map(([column, cell]) => ({
        key,
        cell: { row, column },
        value: cell,
      })),
    );
    return [...(value.entries ? [] : [{ key, value }]), ...cells];
  });
}

function getFacts(db: Db, id: string): NoticeFacts {
  const row = FIND.first(db, { id });
  if (!row) throw new NotFoundError('没有这条公告，或者它没有公开');
  const content = JSON.parse(row.content) as NoticeContent;
  const { title, category, stage, bodyHtml, fields = {} } = content;
  const text = textOf(content);
  const history = listFactCorrections(db, id);
  const living = new Map(livingCorrections(history, text).map((each) => [each.place, each]));
  const readings = listReadings({ html: bodyHtml, category, stage, fields });
  const found = walk(row.facts);
  const missing = FACT_KEYS.filter((key) => !row.facts[key] && factDefinition(key).kind !== 'entries');
  const toRow = ({ key, cell, value }: Omit<Found, 'value'> & { value?: FactValue }): FactRow => {
    const place = toPlace(cell ? { key, cell } : { key });
    const decided = living.get(place);
    const column = cell?.column ?? key;
    return {
      place,
      label: cell
        ? `${factLabel(key, category, stage)}第 ${cell.row + 1} 行${entryLabel(cell.column, key, category, stage)}`
        : factLabel(key, category, stage),
      kind: kindOf(column),
      text: value?.text ?? null,
      exact: value ? (formatFactExact(column, value) ?? null) : null,
      doubt: value?.doubt && !value.isSeen ? FACT_DOUBTS[value.doubt] : null,
      passage: decided?.passage ?? linesWith(text, decided?.before ?? value?.text ?? '') ?? '',
      choices: cell
        ? []
        : (readings.get(key) ?? []).map((each) => ({ text: each.text, exact: formatFactExact(key, each) ?? null })),
      decided: decided ? { kind: decided.kind, reason: decided.reason, at: decided.at } : null,
    };
  };
  const rows = [...found.map(toRow), ...missing.map((key) => toRow({ key }))];
  return {
    list: 'facts',
    ...{ id, version: row.version, counties: [row.county], title, category, stage, text, history },
    rows: rows.sort((one, other) => Number(other.doubt !== null) - Number(one.doubt !== null)),
  };
}

function kindOf(key: FactKey | EntryKey): FactRow['kind'] {
  const { kind } = factDefinition(key);
  return kind === 'entries' ? 'text' : kind;
}
