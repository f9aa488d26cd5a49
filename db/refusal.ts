import Database from 'better-sqlite3';

/** Rows that the message of a refusal names. */
const NAMED = 20;

/** Rows of the database break a rule of the newer schema. Nothing was changed. */
export class MigrationRefusedError extends Error {
  /** Each row by its table and key, with the rule. */
  readonly rows: readonly string[];

  constructor(rows: readonly string[], options?: ErrorOptions) {
    const more = rows.length > NAMED ? `\n  …… 共 ${rows.length} 行` : '';
    super(
      `数据库没有升级，保持原样：有 ${rows.length} 行不符合新版本的规则。请用原来的版本改正这些行，再启动新版本。\n  ${rows.slice(0, NAMED).join('\n  ')}${more}`,
      options,
    );
    this.name = 'MigrationRefusedError';
    this.rows = rows;
  }
}

const COPY = /^\s*INSERT INTO `?__new_(\w+)`?[^;]*/;
const CONSTRAIN = /^\s*ALTER TABLE `?(\w+)`? ADD CONSTRAINT "?(\w+)"? CHECK\s?\(([\s\S]*)\);?\s*$/;

/** The rows for whose sake a statement of a migration failed, in the transaction in which it did; empty when it was not for rows. */
export function explainRefusal(client: Database.Database, statement: string, error: unknown): string[] {
  if (!(error instanceof Database.SqliteError)) return [];
  const copied = COPY.exec(statement);
  if (copied?.[1]) return copyOneByOne(client, copied[1], copied[0]);
  const [, table, rule, condition] = CONSTRAIN.exec(statement) ?? [];
  if (!table || !rule || !condition) return [];
  const rows = client
    .prepare(`SELECT ${keyOf(client, table)} FROM "${table}" WHERE NOT (${condition})`)
    .raw()
    .all();
  return rows.map((key) => nameRow(client, table, key as unknown[], rule));
}

/** A table that is made anew takes its rows over one by one, to find those that it refuses. */
function copyOneByOne(client: Database.Database, table: string, copy: string): string[] {
  const key = keyOf(client, table);
  const keys = client.prepare(`SELECT ${key} FROM "${table}"`).raw().all() as unknown[][];
  const one = client.prepare(`${copy} WHERE (${key}) = (${keys[0]?.map(() => '?').join(', ') ?? 'NULL'})`);
  return keys.flatMap((values) => {
    try {
      one.run(...values);
      return [];
    } catch (error) {
      return [nameRow(client, table, values, (error as Error).message)];
    }
  });
}

interface ForeignKey {
  id: number;
  table: string;
  from: string;
  to: string | null;
}

/** Rows whose foreign keys point nowhere. */
export function findOrphans(client: Database.Database): string[] {
  const broken = client.pragma('foreign_key_check') as { table: string; parent: string; fkid: number }[];
  const kinds = new Map(broken.map((row) => [`${row.table} ${row.fkid}`, row]));
  return [...kinds.values()].flatMap(({ table, parent, fkid }) => {
    const columns = (client.pragma(`foreign_key_list("${table}")`) as ForeignKey[]).filter(({ id }) => id === fkid);
    const parentKey = keyOf(client, parent).split(', ');
    const present = columns.map(({ from }) => `c."${from}" IS NOT NULL`).join(' AND ');
    const equal = columns.map(({ from, to }, at) => `p.${to ? `"${to}"` : parentKey[at]} = c."${from}"`).join(' AND ');
    const sql = `SELECT ${keyOf(client, table)} FROM "${table}" c WHERE ${present}
      AND NOT EXISTS (SELECT 1 FROM "${parent}" p WHERE ${equal})`;
    const names = columns.map(({ from }) => from).join(', ');
    const rows = client.prepare(sql).raw().all() as unknown[][];
    return rows.map((key) => nameRow(client, table, key, `${names} 指向 ${parent} 中没有的行`));
  });
}

/** The columns of a table's primary key, quoted. */
function keyOf(client: Database.Database, table: string): string {
  const columns = client.pragma(`table_info("${table}")`) as { name: string; pk: number }[];
  const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  return key.map(({ name }) => `"${name}"`).join(', ') || 'rowid';
}

function nameRow(client: Database.Database, table: string, key: readonly unknown[], rule: string): string {
  const names = keyOf(client, table).replaceAll('"', '').split(', ');
  return `表 ${table}，${names.map((name, at) => `${name} = ${String(key[at])}`).join('，')}：${rule}`;
}
