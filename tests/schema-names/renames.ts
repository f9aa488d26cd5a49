/**
 * `npm run test:schema [-- --table exposures]`: renames every column of the schema, one after the other, and every table, in memory;
 * prints the files that use it where the compiler does not complain. A file counts as a user when
 * - a text in it names the table behind FROM, JOIN, INTO or UPDATE, and, for a column, the column as the database has it; or
 * - it writes `table.column`, `alias.column` of an alias that it makes of the table, or takes the column apart from either.
 * Ends with 1 when anything was missed outside tests and migrations.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import ts from 'typescript';
import { listPlainNames } from './plain-names.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = join(ROOT, 'db/schema');
const { values } = parseArgs({ options: { table: { type: 'string' } } });

const config = ts.getParsedCommandLineOfConfigFile(
  join(ROOT, 'tsconfig.json'),
  {},
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
      throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
    },
  },
);
if (!config) throw new Error('no tsconfig.json');

const changed = new Map<string, { text: string; version: number }>();
const host: ts.LanguageServiceHost = {
  getCompilationSettings: () => ({ ...config.options, noEmit: true, incremental: false }),
  getScriptFileNames: () => config.fileNames,
  getScriptVersion: (path) => String(changed.get(path)?.version ?? 0),
  getScriptSnapshot: (path) => {
    const text = changed.get(path)?.text ?? ts.sys.readFile(path);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  readDirectory: ts.sys.readDirectory,
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
};
const service = ts.createLanguageService(host);
const OURS = config.fileNames.filter((path) => /^(?:src|db|scripts|tests)\//.test(relative(ROOT, path)));
const isSchema = (path: string) => path.startsWith(SCHEMA);

/** A column or a table, where its name stands in the schema. */
interface Name {
  file: string;
  table: string;
  column: string | undefined;
  at: number;
  length: number;
}

/** The properties that stand in an object of columns, those of functions that it calls included. */
function listColumns(file: ts.SourceFile, expression: ts.Expression): ts.PropertyAssignment[] {
  if (ts.isObjectLiteralExpression(expression))
    return expression.properties.flatMap((property) => {
      if (ts.isPropertyAssignment(property)) return [property];
      return ts.isSpreadAssignment(property) ? listColumns(file, property.expression) : [];
    });
  if (!ts.isCallExpression(expression)) return [];
  const made = listDeclarations(file).find(
    ({ name }) => name.getText() === expression.expression.getText(),
  )?.initializer;
  if (!made || !ts.isArrowFunction(made)) return [];
  const body = ts.isParenthesizedExpression(made.body) ? made.body.expression : made.body;
  return ts.isObjectLiteralExpression(body) ? listColumns(file, body) : [];
}

const listDeclarations = (file: ts.SourceFile) =>
  file.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => [...declarationList.declarations]);

function listNames(): Name[] {
  return OURS.filter(isSchema).flatMap((path) => {
    const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
    return listDeclarations(file).flatMap(({ name, initializer }): Name[] => {
      const call = initializer?.getText() ?? '';
      const made = /^\w*(?:[tT]able|View)\(/.exec(call) && findMade(initializer as ts.CallExpression);
      const columns = made?.arguments[1];
      if (!columns) return [];
      const at = (node: ts.Node) => ({ file: path, at: node.getStart(), length: node.getText().length });
      return [
        { ...at(name), table: name.getText(), column: undefined },
        ...listColumns(file, columns).map((property) => ({
          ...at(property.name),
          table: name.getText(),
          column: property.name.getText(),
        })),
      ];
    });
  });
}

/** The call of `sqliteTable` or `sqliteView` itself, whatever is called on what it gives. */
function findMade(call: ts.CallExpression): ts.CallExpression {
  const { expression } = call;
  const inner = ts.isPropertyAccessExpression(expression) ? expression.expression : undefined;
  return inner && ts.isCallExpression(inner) ? findMade(inner) : call;
}

/** Does the file compile with the name being another one? */
function compiles(path: string): boolean {
  return service.getSemanticDiagnostics(path).length === 0;
}

function rename({ file, at, length }: Name): void {
  const text = readFileSync(file, 'utf8');
  const version = (changed.get(file)?.version ?? 0) + 1;
  changed.set(file, {
    text: `${text.slice(0, at)}renamed_${text.slice(at, at + length)}${text.slice(at + length)}`,
    version,
  });
}

function restore({ file }: Name): void {
  changed.set(file, { text: readFileSync(file, 'utf8'), version: (changed.get(file)?.version ?? 0) + 1 });
}

const toSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const texts = new Map(OURS.filter((path) => !isSchema(path)).map((path) => [path, readFileSync(path, 'utf8')]));
const plainNames = new Map(
  [...texts].map(([path, text]) => [path, new Set(listPlainNames(path, text).map(({ table }) => table))]),
);

/** Uses by name in a text. */
function namesPlainly(path: string, text: string, { table, column }: Name): boolean {
  const isNamed = plainNames.get(path)?.has(toSnake(table)) ?? false;
  return isNamed && (column === undefined || new RegExp(`\\b${toSnake(column)}\\b`).test(text));
}

/** Uses by way of the schema. */
function refers(text: string, { table, column }: Name): boolean {
  if (!new RegExp(`\\b${table}\\b[^']*\\} from '#db/schema/[\\w-]+\\.ts'`).test(text)) return false;
  if (column === undefined) return true;
  const aliases = [...text.matchAll(new RegExp(`const (\\w+) = aliased\\(${table},`, 'g'))].map(([, alias]) => alias);
  const known = `(?:${[table, ...aliases].join('|')})`;
  const dotted = new RegExp(`(?<![.\\w])${known}\\.${column}\\b`);
  const apart = new RegExp(`const \\{[^}]*\\b${column}\\b[^}]*\\} = ${known};`);
  return dotted.test(text) || apart.test(text);
}

let [missed, inTests, checked] = [0, 0, 0];
for (const name of listNames()) {
  if (values.table && values.table !== name.table) continue;
  const users = [...texts].filter(([path, text]) => namesPlainly(path, text, name) || refers(text, name));
  rename(name);
  for (const [path] of users) {
    checked++;
    if (!compiles(path)) continue;
    const isTest = relative(ROOT, path).startsWith('tests/');
    console.log(
      `${isTest ? 'test' : 'MISS'} ${name.table}${name.column ? `.${name.column}` : ''} in ${relative(ROOT, path)}`,
    );
    if (isTest) inTests++;
    else missed++;
  }
  restore(name);
}
console.log(`${checked} uses; the compiler missed ${missed} in src, db and scripts, ${inTests} in tests`);
process.exitCode = missed > 0 ? 1 : 0;
