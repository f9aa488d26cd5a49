import { getTableColumns, getTableName } from 'drizzle-orm';
import {
  achievements,
  exposureChanges,
  exposureEvents,
  exposures,
  honours,
  libraryChanges,
  organizations,
  qualifications,
  staffCertificates,
} from '../schema/index.ts';
import { columnName, ddl, NOW, type SchemaObject, trigger } from './ddl.ts';

/** Moves an entry of the exposure board to the end of the sequence. */
const tellExposure = (id: string) => ddl`DELETE FROM ${exposureChanges} WHERE ${exposureChanges.exposureId} = ${id};
  INSERT INTO ${exposureChanges} (${exposureChanges.exposureId}, ${exposureChanges.createdAt}) VALUES (${id}, ${NOW});`;

/** What of an entry, beside its version, makes a change that others are told of. */
const told = (row: 'old' | 'new') => {
  const { version, sourceKey, publicFrom, publicUntil, withheld, goneAt } = exposures;
  return ddl`(${row}.${version}, ${row}.${sourceKey}, ${row}.${publicFrom}, ${row}.${publicUntil}, ${row}.${withheld}, ${row}.${goneAt} IS NULL)`;
};

// Whether an entry is public when its change is read is judged by whoever reads it.
const EXPOSURES: readonly SchemaObject[] = [
  trigger('exposure_changes_insert', ddl`AFTER INSERT ON ${exposures}`, tellExposure(ddl`new.${exposures.id}`)),
  trigger(
    'exposure_changes_update',
    ddl`AFTER UPDATE ON ${exposures}\nWHEN ${told('old')}\n  IS NOT ${told('new')}`,
    tellExposure(ddl`new.${exposures.id}`),
  ),
  trigger('exposure_changes_delete', ddl`AFTER DELETE ON ${exposures}`, tellExposure(ddl`old.${exposures.id}`)),
  // What has happened to an entry is written before the row of a new one, which then tells of it.
  trigger(
    'exposure_changes_event',
    ddl`AFTER INSERT ON ${exposureEvents} WHEN EXISTS (SELECT 1 FROM ${exposures} WHERE ${exposures.id} = new.${exposureEvents.exposureId})`,
    tellExposure(ddl`new.${exposureEvents.exposureId}`),
  ),
];

const BLOCKS = [qualifications, achievements, honours, staffCertificates] as const;
type Block = (typeof BLOCKS)[number];

const LIBRARY_COLUMNS = ddl`${libraryChanges.block}, ${libraryChanges.entryId}, ${libraryChanges.createdAt}`;

/** Moves an entry of the company library to the end of the sequence. */
const tellEntry = (block: Block, row: 'old' | 'new') =>
  ddl`DELETE FROM ${libraryChanges} WHERE ${libraryChanges.entryId} = ${row}.${block.id};
  INSERT INTO ${libraryChanges} (${LIBRARY_COLUMNS}) VALUES ('${block}', ${row}.${block.id}, ${NOW});`;

function blockTriggers(block: Block): SchemaObject[] {
  const name = getTableName(block);
  const { id: _id, mirror: _mirror, ...said } = getTableColumns(block);
  const values = (row: 'old' | 'new') =>
    Object.values(said)
      .map((column) => `${row}.${columnName(column)}`)
      .join(', ');
  return [
    trigger(`${name}_changes_insert`, ddl`AFTER INSERT ON ${block}`, tellEntry(block, 'new')),
    trigger(
      `${name}_changes_update`,
      ddl`AFTER UPDATE ON ${block}\nWHEN (${values('old')})\n  IS NOT (${values('new')})`,
      tellEntry(block, 'new'),
    ),
    trigger(`${name}_changes_delete`, ddl`AFTER DELETE ON ${block}`, tellEntry(block, 'old')),
  ];
}

const { id, mergedInto } = organizations;

// An organization that turned out to be another one, or not to be, takes its entries along, and those of the ones merged into it.
const MERGE = trigger(
  'library_changes_merge',
  ddl`AFTER UPDATE OF ${mergedInto} ON ${organizations} WHEN old.${mergedInto} IS NOT new.${mergedInto}`,
  ddl`INSERT INTO ${libraryChanges} (${LIBRARY_COLUMNS})
  SELECT block, id, ${NOW} FROM (
    ${BLOCKS.map((block) => ddl`SELECT '${block}' AS block, ${block.id} AS id, ${block.organizationId} AS owner FROM ${block}`).join('\n    UNION ALL ')})
  WHERE owner IN (
    WITH RECURSIVE member (id) AS (SELECT new.${id} UNION SELECT o.${id} FROM member m JOIN ${organizations} o ON o.${mergedInto} = m.id)
    SELECT id FROM member);`,
);

/** What writes the sequences of changes, so that no writer can forget it. */
export const CHANGE_OBJECTS: readonly SchemaObject[] = [...EXPOSURES, ...BLOCKS.flatMap(blockTriggers), MERGE];
