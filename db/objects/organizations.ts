import { organizationActivity as activity, organizations, noticeParties as parties } from '../schema/index.ts';
import { ddl, type SchemaObject, trigger } from './ddl.ts';

const COLUMNS = ddl`${activity.organizationId}, ${activity.role}, ${activity.county}, ${activity.notices}`;

/** Rows of the same notice that name the same organization as a row does; in any role where the sum is of all. */
const others = (row: 'old' | 'new', role: string) =>
  ddl`SELECT 1 FROM ${parties} p WHERE p.${parties.noticeId} = ${row}.${parties.noticeId} AND p.${parties.organizationId} = ${row}.${parties.organizationId}
    AND (${role} = '' OR p.${parties.role} = ${role})`;

// A notice counts once in each of the four sums, however many names and roles the organization has in it.
const COUNT = ddl`INSERT INTO ${activity} (${COLUMNS})
  SELECT new.${parties.organizationId}, r.role, c.county, 1
  FROM (SELECT new.${parties.role} AS role UNION ALL SELECT '') r, (SELECT new.${parties.county} AS county UNION ALL SELECT '') c
  WHERE new.${parties.organizationId} IS NOT NULL AND NOT EXISTS (
    ${others('new', 'r.role')} AND NOT (p.${parties.role} = new.${parties.role} AND p.${parties.name} = new.${parties.name}))
  ON CONFLICT DO UPDATE SET ${activity.notices} = ${activity.notices} + 1;`;

const UNCOUNT = ddl`UPDATE ${activity} SET ${activity.notices} = ${activity.notices} - 1
  WHERE ${activity.organizationId} = old.${parties.organizationId} AND ${activity.role} IN (old.${parties.role}, '')
    AND ${activity.county} IN (old.${parties.county}, '') AND NOT EXISTS (
    ${others('old', ddl`${activity}.${activity.role}`)});`;

/** Every organization stands in the list, also without a notice; `organization_activity` follows the parties of public notices. */
export const ORGANIZATION_OBJECTS: readonly SchemaObject[] = [
  trigger(
    'organizations_insert',
    ddl`AFTER INSERT ON ${organizations}`,
    ddl`INSERT INTO ${activity} (${COLUMNS}) VALUES (new.${organizations.id}, '', '', 0) ON CONFLICT DO NOTHING;`,
  ),
  trigger(
    'organizations_delete',
    ddl`AFTER DELETE ON ${organizations}`,
    ddl`DELETE FROM ${activity} WHERE ${activity.organizationId} = old.${organizations.id};`,
  ),
  trigger(
    'organization_activity_insert',
    ddl`AFTER INSERT ON ${parties} WHEN new.${parties.organizationId} IS NOT NULL`,
    COUNT,
  ),
  trigger(
    'organization_activity_delete',
    ddl`AFTER DELETE ON ${parties} WHEN old.${parties.organizationId} IS NOT NULL`,
    UNCOUNT,
  ),
  trigger(
    'organization_activity_update',
    ddl`AFTER UPDATE OF ${parties.organizationId} ON ${parties}
WHEN old.${parties.organizationId} IS NOT new.${parties.organizationId}`,
    `${UNCOUNT}\n  ${COUNT}`,
  ),
];
