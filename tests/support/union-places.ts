import ts from 'typescript';
import { type CompileError, pathOf, type TypedProject } from './type-overlay.ts';

/** A union of the domain, and the file that says its members. */
export interface Union {
  type: string;
  file: string;
}

/** The member that nobody has heard of. */
export const newMemberOf = ({ type }: Union): string => `unheardOf${type}`;

/** The file's text with one member more: a copy of the first one under a new name. @throws Error when the file has no such union */
export function withNewMember(union: Union, text: string): string {
  const source = ts.createSourceFile(union.file, text, ts.ScriptTarget.Latest, true);
  const alias = source.statements.find((each) => ts.isTypeAliasDeclaration(each) && each.name.text === union.type);
  if (!alias || !ts.isTypeAliasDeclaration(alias)) throw new Error(`${union.file} has no type ${union.type}`);
  const member = newMemberOf(union);
  const table = /typeof (\w+)/.exec(alias.type.getText())?.[1];
  if (!table) return splice(text, alias.type.getEnd(), ` | '${member}'`);
  const literal = source.statements.flatMap((each) => literalOf(each, table) ?? []).at(0);
  if (!literal) throw new Error(`${union.file} has no table ${table}`);
  if (ts.isArrayLiteralExpression(literal)) return splice(text, literal.getStart() + 1, `'${member}', `);
  const [first] = literal.properties;
  const value = first && ts.isPropertyAssignment(first) ? first.initializer.getText() : fail(`${table} is empty`);
  return splice(text, literal.getStart() + 1, ` ${member}: ${value},`);
}

const splice = (text: string, at: number, more: string): string => text.slice(0, at) + more + text.slice(at);

function fail(message: string): never {
  throw new Error(message);
}

function literalOf(
  statement: ts.Statement,
  name: string,
): ts.ObjectLiteralExpression | ts.ArrayLiteralExpression | undefined {
  if (!ts.isVariableStatement(statement)) return undefined;
  const declared = statement.declarationList.declarations.find((each) => each.name.getText() === name);
  const value = declared?.initializer && unwrap(declared.initializer);
  return value && (ts.isObjectLiteralExpression(value) || ts.isArrayLiteralExpression(value)) ? value : undefined;
}

function unwrap(value: ts.Expression): ts.Expression {
  return ts.isAsExpression(value) || ts.isSatisfiesExpression(value) || ts.isParenthesizedExpression(value)
    ? unwrap(value.expression)
    : value;
}

/** A place that decides by the members of a union. */
export interface Place {
  union: string;
  path: string;
  line: number;
  how: 'table' | 'set' | 'lookup' | 'chain' | 'switch';
  text: string;
  from: number;
  to: number;
}

/** The places of a file that map over, list or switch over one of the unions. */
export function listPlaces(file: ts.SourceFile, unions: readonly Union[], { checker }: TypedProject): Place[] {
  const places: Place[] = [];
  const members = unions.map((union) => ({ union, name: newMemberOf(union) }));
  const unionsOf = (type: ts.Type) => {
    const values = new Set(
      (type.isUnion() ? type.types : [type]).map((each) => (each.isStringLiteral() ? each.value : '')),
    );
    return members.filter(({ name }) => values.has(name)).map(({ union }) => union);
  };
  const add = (node: ts.Node, how: Place['how'], union: Union) => {
    const whole = how === 'chain' ? functionOf(node) : how === 'switch' ? node : statementOf(node);
    const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    const text = node.getText().replace(/\s+/g, ' ').slice(0, 80);
    places.push({ union: union.type, path: pathOf(file), line, how, text, from: whole.getStart(), to: whole.getEnd() });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isVariableDeclaration(node.parent) && node.parent.initializer) {
      const [key] = keysOf(node);
      const type = key && checker.getTypeFromTypeNode(key);
      for (const union of type && writesOut(node.parent.initializer, type) ? unionsOf(type) : []) {
        add(node.parent, /Set|\[\]|Array/.test(node.typeName.getText()) ? 'set' : 'table', union);
      }
    }
    if (ts.isElementAccessExpression(node) && isConstant(node.expression, checker)) {
      const found = checker.getTypeAtLocation(node);
      const isOpen = found.isUnion() && found.types.some((each) => (each.flags & ts.TypeFlags.Undefined) !== 0);
      for (const union of isOpen ? unionsOf(checker.getTypeAtLocation(node.argumentExpression)) : []) {
        if (!isTotal(checker.getTypeAtLocation(node.expression), newMemberOf(union))) add(node, 'lookup', union);
      }
    }
    if (ts.isSwitchStatement(node)) {
      for (const union of unionsOf(checker.getTypeAtLocation(node.expression))) add(node, 'switch', union);
    }
    if (isFunction(node)) {
      for (const compared of comparisonsIn(node).values()) {
        const distinct = new Set(compared.map(({ right }) => (right as ts.StringLiteral).text));
        const [first] = compared;
        const type = first && distinct.size > 1 ? declaredType(first.left, checker) : undefined;
        for (const union of type ? unionsOf(type) : []) add(first?.parent ?? node, 'chain', union);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return places;
}

/** The type of the keys of `Partial<Record<K, …>>`, `ReadonlySet<K>`, `Map<K, …>`, `K[]`; a whole `Record<K, …>` names what it lacks. */
function keysOf(node: ts.TypeReferenceNode): ts.TypeNode[] {
  const [of] = node.typeArguments ?? [];
  const name = node.typeName.getText();
  if (!of) return [];
  if (/^(?:Readonly)?(?:Set|Map|Array)$/.test(name)) return [of];
  if (name === 'Readonly') return ts.isTypeReferenceNode(of) ? keysOf(of) : [];
  const isPartial = name === 'Partial' && ts.isTypeReferenceNode(of) && of.typeName.getText() === 'Record';
  return isPartial ? [...(of.typeArguments ?? [])].slice(0, 1) : [];
}

/** Are members of a union written out in an expression, as values of a list or names of a table? */
function writesOut(node: ts.Node, union: ts.Type): boolean {
  const isMember = (text: string) =>
    union.isUnion() && union.types.some((each) => each.isStringLiteral() && each.value === text);
  const named =
    ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node) ? node.name.getText() : undefined;
  if (isMember(ts.isStringLiteral(node) ? node.text : (named ?? ''))) return true;
  return ts.forEachChild(node, (child) => writesOut(child, union) || undefined) ?? false;
}

function functionOf(node: ts.Node): ts.Node {
  return isFunction(node) || ts.isSourceFile(node) ? node : functionOf(node.parent);
}

function statementOf(node: ts.Node): ts.Node {
  return ts.isStatement(node) ? node : statementOf(node.parent);
}

/** Is it the name of a constant that is written out in the code? */
function isConstant(node: ts.Expression, checker: ts.TypeChecker): boolean {
  const declared = checker.getSymbolAtLocation(node)?.valueDeclaration;
  if (!declared || !ts.isVariableDeclaration(declared) || !declared.initializer) return false;
  const value = unwrap(declared.initializer);
  return ts.isObjectLiteralExpression(value) && value.properties.length > 0;
}

/** Does the table say something of the member, be it undefined? */
function isTotal(table: ts.Type, member: string): boolean {
  const property = table.getProperty(member);
  return property !== undefined && (property.flags & ts.SymbolFlags.Optional) === 0;
}

const isFunction = (node: ts.Node): boolean =>
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isArrowFunction(node) ||
  ts.isFunctionExpression(node);

/** Comparisons with literals directly in a function, by what is compared. */
function comparisonsIn(whole: ts.Node): Map<string, ts.BinaryExpression[]> {
  const found: ts.BinaryExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (isFunction(node)) return;
    const isEquality =
      ts.isBinaryExpression(node) &&
      [ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken].includes(
        node.operatorToken.kind,
      );
    if (isEquality && ts.isStringLiteral(node.right)) found.push(node);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(whole, visit);
  return Map.groupBy(found, ({ left }) => left.getText());
}

/** The type before what was compared narrowed it. */
function declaredType(node: ts.Expression, checker: ts.TypeChecker): ts.Type {
  const symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
  return symbol?.valueDeclaration
    ? checker.getTypeOfSymbolAtLocation(symbol, symbol.valueDeclaration)
    : checker.getTypeAtLocation(node);
}

/** The places inside which no error stands. */
export function listUnnamed(places: readonly Place[], errors: readonly CompileError[]): Place[] {
  return places.filter(
    ({ path, from, to }) => !errors.some((error) => error.path === path && error.at >= from && error.at <= to),
  );
}
