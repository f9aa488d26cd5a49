import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** One edit that a recipe asks for. */
export interface Edit {
  path: string;
  /** What stands in the fence: a whole new file, an insertion, or lines to find and to put in their place. */
  language: string;
  block: string;
  /** The table that an insertion goes into. */
  table: string | undefined;
}

const STEP = /^\d+\. /m;
const FENCE = /^ {3}```(\w+)(?: (\S+))?\n([\s\S]*?)^ {3}```$/gm;

/** The edits of the recipe whose heading begins `**Add …`, in order. @throws Error when there is none */
export function readRecipe(document: string, heading: string): Edit[] {
  const recipe = document.split(/^(?=\*\*)/m).find((part) => part.startsWith(`**${heading}`));
  if (!recipe) throw new Error(`there is no recipe “${heading}”`);
  return recipe.split(STEP).slice(1).flatMap(readStep);
}

/** The fences of a step, each with the path that it names, or that was named last before it, and the table that was. */
function readStep(step: string): Edit[] {
  let before = 0;
  let path = '';
  let table: string | undefined;
  return [...step.matchAll(FENCE)].map(({ index, 0: whole, 1: language = '', 2: named, 3: text = '' }) => {
    const words = step.slice(before, index);
    before = index + whole.length;
    path = named ?? /`((?:src|db|scripts|tests)\/[^`\s]+\.\w+)`/.exec(words)?.[1] ?? path;
    table = /`([A-Z][A-Z_]{2,})`/.exec(words)?.[1] ?? table;
    const block = text.replace(/^ {3}/gm, '');
    return { path, language, block, table };
  });
}

/** The texts of files after the edits. `read` gives a file as it is, undefined when there is none. @throws Error for an edit that does not fit */
export function follow(edits: readonly Edit[], read: (path: string) => string | undefined): Map<string, string> {
  const texts = new Map<string, string>();
  for (const edit of edits) texts.set(edit.path, apply(edit, texts.get(edit.path) ?? read(edit.path)));
  return texts;
}

export const readOwn = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

function apply({ path, language, block, table }: Edit, text: string | undefined): string {
  if (text === undefined) return block;
  if (language === 'diff') return patch(path, text, block);
  if (block.startsWith('import ')) return block + text;
  return table ? insert(path, text, table, block) : `${text}\n${block}`;
}

/** Puts the lines of a diff in the place of those that are to be found there, once; indentation is the file's. */
function patch(path: string, text: string, block: string): string {
  const lines = block.trimEnd().split('\n');
  const of = (...signs: string[]) => lines.filter(([sign = ' ']) => signs.includes(sign)).map((line) => line.slice(1));
  const found = of(' ', '-').map((line) => line.trim());
  const own = text.split('\n');
  const places = own.flatMap((_, at) => (found.every((line, offset) => own[at + offset]?.trim() === line) ? [at] : []));
  const [at] = places;
  if (at === undefined || places.length > 1)
    throw new Error(`${path} has ${places.length} places like:\n${found.join('\n')}`);
  return [...own.slice(0, at), ...of(' ', '+'), ...own.slice(at + found.length)].join('\n');
}

/** Adds a line to a table that is written out in the file. */
function insert(path: string, text: string, table: string, line: string): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  let end: number | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === table && node.initializer)
      end = endOfLiteral(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(source);
  if (end === undefined) throw new Error(`${path} has no table ${table}`);
  return `${text.slice(0, end)}${line}${text.slice(end)}`;
}

/** Where the first list or table in an expression is closed. */
function endOfLiteral(node: ts.Node): number | undefined {
  if (ts.isObjectLiteralExpression(node) || ts.isArrayLiteralExpression(node)) return node.getEnd() - 1;
  return ts.forEachChild(node, endOfLiteral);
}
