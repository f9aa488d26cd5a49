import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import {
  annualReportVersions,
  articleVersions,
  auditEvents,
  caseErasures,
  caseEvents,
  changes,
  codeMappings,
  disclosureRatings,
  draftEvents,
  draftJustifications,
  drafts,
  draftVersions,
  exchangeRecords,
  exposureContents,
  exposureDraftEvents,
  exposureEvents,
  exposureRevisions,
  factCorrections,
  flagDecisions,
  flagReplies,
  foiDeliveries,
  foiLetters,
  foiReviewOutcomes,
  foiReviews,
  holidayPlans,
  itemFixes,
  ledgerEntries,
  logContents,
  logLeaves,
  noticeContents,
  noticeLinks,
  noticeRevisions,
  noticeTombstones,
  publicAdditions,
  publicSubmissionFiles,
  publicSubmissions,
  redactions as r,
  removals,
  removedContents,
} from '../schema/index.ts';
import { IS_LAST_CHANGE } from './changes.ts';
import { columnName, ddl, type SchemaObject } from './ddl.ts';

/** A table to which rows are only ever added, and what may be done to them after all: conditions in SQL on `old` and `new`. */
interface AppendOnly {
  table: SQLiteTable;
  /** Columns that may change, and when a change of them is refused; without it nothing may change. */
  except?: { columns: readonly Column[]; refused: string };
  /** When a DELETE is refused, if not always. */
  kept?: string;
  /** When an INSERT is refused. */
  closed?: string;
}

/** Finds what was written down as the redaction of a row's version; of any version when there is no column for it. */
const redaction = (kind: 'masked' | 'removed', subject: 'notice' | 'exposure', id: string, version?: string) =>
  ddl`SELECT 1 FROM ${r} r WHERE r.${r.subject} = '${subject}' AND r.${r.id} = ${id}${version ? ddl` AND r.${r.version} = ${version}` : ''} AND r.${r.kind} = '${kind}'`;

/**
 * Contents are replaced or destroyed only when that was written down before as a redaction, and nothing takes the place of what was
 * destroyed; the rules that they follow may be raised without.
 */
function contents(
  subject: 'notice' | 'exposure',
  table: typeof noticeContents | typeof exposureContents,
  id: Column,
): AppendOnly {
  const { content, hash, salt, sanitizerVersion, version } = table;
  const of = (row: 'old' | 'new', kind: 'masked' | 'removed') =>
    redaction(kind, subject, ddl`${row}.${id}`, ddl`${row}.${version}`);
  return {
    table,
    except: {
      columns: [content, hash, salt, sanitizerVersion],
      refused: ddl`(old.${content}, old.${hash}, old.${salt}) IS NOT (new.${content}, new.${hash}, new.${salt})
    AND (old.${content} IS new.${content} OR old.${hash} IS new.${hash} OR old.${salt} IS new.${salt} OR NOT EXISTS (
      ${of('new', 'masked')} AND r.${r.sanitizerVersion} = new.${sanitizerVersion} AND r.${r.hash} = new.${hash}))`,
    },
    kept: `NOT EXISTS (${of('old', 'removed')})`,
    closed: `EXISTS (${of('new', 'removed')})`,
  };
}

/** Finds the leaf that tells of the removal of a row of `log_contents`. */
function removalLeaf(row: 'old' | 'new'): string {
  const { type, subjectId, version, entry } = logLeaves;
  const same = (column: Column, own: Column) => ddl`l.${column} = ${row}.${own}`;
  return ddl`SELECT 1 FROM ${logLeaves} l WHERE ${same(type, logContents.type)} AND ${same(subjectId, logContents.subjectId)} AND ${same(version, logContents.version)} AND json_extract(l.${entry}, '$.kind') = 'remove'`;
}

/** Finds that the content of a submission was destroyed when its time was over. */
const erased = (submissionId: Column) =>
  ddl`EXISTS (SELECT 1 FROM ${caseErasures} WHERE ${caseErasures.submissionId} = old.${submissionId})`;

/** What was sealed may be emptied once that is written down, and nothing else may change. */
const sealedUntilErased = (
  table: SQLiteTable,
  {
    submissionId,
    emptied,
    removed = [],
  }: { submissionId: Column; emptied: readonly Column[]; removed?: readonly Column[] },
): AppendOnly => ({
  table,
  except: {
    columns: [...emptied, ...removed],
    refused: [
      ddl`NOT ${erased(submissionId)}`,
      ...emptied.map((column) => ddl`length(new.${column}) > 0`),
      ...removed.map((column) => ddl`new.${column} IS NOT NULL`),
    ].join(' OR '),
  },
});

/** A submission is emptied like what is sealed, or handled as another kind once that is among its events; never both at once. */
function submissions(): AppendOnly {
  const { id, kind, sealed, replyIdentity, fingerprint } = publicSubmissions;
  const table = publicSubmissions;
  const emptying = sealedUntilErased(table, {
    submissionId: id,
    emptied: [sealed, replyIdentity],
    removed: [fingerprint],
  });
  const noMove = ddl`NOT EXISTS (SELECT 1 FROM ${caseEvents} e WHERE e.${caseEvents.submissionId} = old.${id} AND e.${caseEvents.kind} = 'rerouted')
    OR old.${kind} <> 'disclosureRequest' OR new.${kind} NOT IN ('consultation', 'tipOff')
    OR (old.${sealed}, old.${replyIdentity}) IS NOT (new.${sealed}, new.${replyIdentity})
    OR new.${fingerprint} IS NOT NULL AND new.${fingerprint} IS NOT old.${fingerprint}`;
  return {
    table,
    except: {
      columns: [kind, sealed, replyIdentity, fingerprint],
      refused: ddl`(${emptying.except?.refused ?? '1'} OR new.${kind} <> old.${kind}) AND (${noMove})`,
    },
  };
}

/** The tables to which rows are only ever added, with what is excepted. */
export const APPEND_ONLY: readonly AppendOnly[] = [
  { table: noticeRevisions },
  { table: exposureRevisions },
  contents('notice', noticeContents, noticeContents.noticeId),
  contents('exposure', exposureContents, exposureContents.exposureId),
  {
    table: exposureEvents,
    except: {
      columns: [exposureEvents.basis],
      refused: ddl`new.${exposureEvents.basis} <> '' OR NOT EXISTS (${redaction('removed', 'exposure', ddl`new.${exposureEvents.exposureId}`)})`,
    },
  },
  { table: r },
  { table: removals },
  { table: removedContents },
  { table: auditEvents },
  { table: exposureDraftEvents },
  { table: exchangeRecords },
  { table: draftJustifications },
  submissions(),
  { table: publicSubmissionFiles, kept: `NOT ${erased(publicSubmissionFiles.submissionId)}` },
  { table: publicAdditions, kept: `NOT ${erased(publicAdditions.submissionId)}` },
  sealedUntilErased(caseEvents, {
    submissionId: caseEvents.submissionId,
    emptied: [],
    removed: [caseEvents.sealed],
  }),
  { table: caseErasures },
  sealedUntilErased(foiLetters, { submissionId: foiLetters.submissionId, emptied: [foiLetters.sealed] }),
  sealedUntilErased(foiDeliveries, {
    submissionId: foiDeliveries.submissionId,
    emptied: [],
    removed: [foiDeliveries.sealed],
  }),
  { table: foiReviews },
  { table: foiReviewOutcomes },
  { table: holidayPlans },
  { table: ledgerEntries },
  { table: annualReportVersions },
  { table: draftEvents },
  {
    table: draftVersions,
    // Of articles that were removed by law.
    kept: ddl`NOT EXISTS (SELECT 1 FROM ${drafts} d JOIN ${removals} r ON r.${removals.subject} = 'article' AND r.${removals.id} IN (d.${drafts.articleId}, d.${drafts.originalArticleId}) WHERE d.${drafts.id} = old.${draftVersions.draftId})`,
  },
  { table: noticeTombstones },
  { table: logLeaves },
  { table: logContents, kept: `NOT EXISTS (${removalLeaf('old')})`, closed: `EXISTS (${removalLeaf('new')})` },
  {
    table: factCorrections,
    kept: `NOT EXISTS (${redaction('removed', 'notice', ddl`old.${factCorrections.noticeId}`)})`,
  },
  { table: noticeLinks },
  { table: flagDecisions },
  { table: flagReplies },
  { table: codeMappings },
  {
    table: itemFixes,
    kept: ddl`NOT EXISTS (SELECT 1 FROM ${removals} WHERE ${removals.subject} = 'notice' AND ${removals.id} = old.${itemFixes.noticeId})`,
  },
  {
    table: articleVersions,
    kept: ddl`NOT EXISTS (SELECT 1 FROM ${removals} WHERE ${removals.subject} = 'article' AND ${removals.id} = old.${articleVersions.articleId})`,
  },
  { table: disclosureRatings },
  { table: changes, kept: IS_LAST_CHANGE },
];

/**
 * The triggers that keep a table append-only. INSERT OR REPLACE deletes the row that is in its way: with `recursive_triggers`, which
 * every connection has, that is refused like any DELETE.
 */
export function appendOnly({ table, except, kept, closed }: AppendOnly): SchemaObject[] {
  const name = getTableName(table);
  const refuse = (what: string, event: string, when?: string): SchemaObject => ({
    type: 'trigger',
    name: `${name}_no_${what}`,
    sql: `CREATE TRIGGER ${name}_no_${what} BEFORE ${event} ON ${name}${when ? `\nWHEN ${when}` : ''}
BEGIN SELECT RAISE(ABORT, '${name} is append-only'); END`,
  });
  return [
    refuse('update', 'UPDATE', except && whenRefused(table, except)),
    refuse('delete', 'DELETE', kept),
    ...(closed ? [refuse('return', 'INSERT', closed)] : []),
  ];
}

function whenRefused(table: SQLiteTable, { columns, refused }: NonNullable<AppendOnly['except']>): string {
  const fixed = Object.values<Column>(getTableColumns(table)).filter((column) => !columns.includes(column));
  const all = (row: 'old' | 'new') => fixed.map((column) => `${row}.${columnName(column)}`).join(', ');
  return `(${all('old')})\n    IS NOT (${all('new')})\n  OR ${refused}`;
}
