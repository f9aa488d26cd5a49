import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableColumns, getTableName, is } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { getTableConfig, type SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import ts from 'typescript';
import * as schema from '#db/schema/index.ts';
import { ROOT } from '../launch/root.ts';

const SCHEMA = join(ROOT, 'db/schema');
const casing = new CasingCache('snake_case');

/** The comments of a schema file: of its tables by their variable, and of their columns by `variable.column`. */
type Comments = Map<string, string>;

/** `docs/data-model.md`: every table with its columns, as the schema and its comments say. */
export function describeDataModel(): string {
  const groups = readFileSync(join(SCHEMA, 'index.ts'), 'utf8').matchAll(/'\.\/([\w-]+\.ts)'/g);
  const tables = Object.entries<unknown>(schema)
    .flatMap(([name, value]): [string, SQLiteTable][] => (is(value, SQLiteTable) ? [[name, value]] : []))
    .toSorted(([, one], [, other]) => (getTableName(one) < getTableName(other) ? -1 : 1));
  const sections = [...groups].flatMap(([, file = '']) => {
    const comments = readComments(join(SCHEMA, file));
    const own = tables.filter(([name]) => comments.has(`table ${name}`));
    return own.length > 0
      ? [`## \`db/schema/${file}\`\n\n${own.map((table) => describeTable(table, comments)).join('\n')}`]
      : [];
  });
  return `# Data model

Made from \`db/schema\` and its comments by \`npm run docs\`; a test compares. SQLite, one file below \`DATA_DIR\`. Money is whole
fen (CNY), instants are ISO 8601 UTC text with milliseconds, so that the order of texts is the order of times. JSON columns
hold what the named domain type says.

${sections.join('\n')}`;
}

function describeTable([variable, table]: [string, SQLiteTable], comments: Comments): string {
  const config = getTableConfig(table);
  const columns = Object.entries(getTableColumns(table)).map(([key, column]) => {
    const isKey = column.primary || config.primaryKeys.some(({ columns }) => columns.includes(column as SQLiteColumn));
    const notes = [
      isKey ? 'primary key' : '',
      describeReference(config, column as SQLiteColumn),
      column.enumValues?.length ? `one of ${column.enumValues.join(', ')}` : '',
      comments.get(`${variable}.${key}`) ?? comments.get(`${comments.get(`columns ${variable}`)}.${key}`) ?? '',
    ];
    const type = `${column.getSQLType()}${column.notNull ? '' : ', may be null'}`;
    return `| \`${casing.getColumnCasing(column)}\` | ${type} | ${notes.filter(Boolean).join('; ').replaceAll('|', '\\|')} |`;
  });
  const about = comments.get(`table ${variable}`);
  return `### \`${getTableName(table)}\`

${about ? `${about}\n\n` : ''}| column | type | what |
|---|---|---|
${columns.join('\n')}
`;
}

function describeReference(config: ReturnType<typeof getTableConfig>, column: SQLiteColumn): string {
  const key = config.foreignKeys.map((one) => one.reference()).find(({ columns }) => columns.includes(column));
  return key ? `→ \`${getTableName(key.foreignTable)}\`` : '';
}

/** Reads the comments above tables, and above their columns. A file of the schema holds nothing else that is exported. */
function readComments(path: string): Comments {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const comments: Comments = new Map();
  const visit = (node: ts.Node, variable: string): void => {
    if (ts.isPropertyAssignment(node) && variable) note(comments, `${variable}.${node.name.getText(file)}`, node);
    ts.forEachChild(node, (child) => visit(child, variable));
  };
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const [declaration] = statement.declarationList.declarations;
    const name = declaration?.name.getText(file) ?? '';
    comments.set(`table ${name}`, textOf(statement));
    const columns =
      declaration?.initializer && ts.isCallExpression(declaration.initializer) && declaration.initializer.arguments[1];
    // Columns that two tables share are made by a function: their comments stand there.
    if (columns && ts.isCallExpression(columns)) comments.set(`columns ${name}`, columns.expression.getText(file));
    visit(statement, name);
  }
  return comments;
}

function note(comments: Comments, name: string, node: ts.Node): void {
  const text = textOf(node);
  if (text) comments.set(name, text);
}

/** The words of the comment above a node, in one line. */
function textOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return comment && ts.isJSDoc(comment)
    ? (ts.getTextOfJSDocComment(comment.comment) ?? '').replaceAll(/\s+/g, ' ').trim()
    : '';
}
