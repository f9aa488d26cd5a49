import { getTableName, is } from 'drizzle-orm';
import { getViewConfig, SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core';
import ts from 'typescript';
import * as fullText from '#db/fts.ts';
import * as schema from '#db/schema/index.ts';

/** Names of all tables and views, as the database has them. */
export const TABLE_NAMES: readonly string[] = Object.values({ ...schema, ...fullText }).flatMap((source: unknown) => {
  if (is(source, SQLiteTable)) return [getTableName(source)];
  return is(source, SQLiteView) ? [getViewConfig(source).name] : [];
});

/** The names behind the words of SQL that a table follows. */
const NAMED = /\b(?:FROM|JOIN|INTO|UPDATE|TABLE)\s+["`]?([a-z_]+)["`]?(?![\w.(])/g;

/** A use of a table by its plain name: nothing would tell that the table is called otherwise. */
export interface PlainName {
  line: number;
  table: string;
}

/** Where texts of a program name tables of the schema by themselves, instead of referring to the schema. */
export function listPlainNames(path: string, text: string): PlainName[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: PlainName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      for (const [, table = ''] of node.text.matchAll(NAMED)) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart());
        if (TABLE_NAMES.includes(table)) found.push({ line: line + 1, table });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}
