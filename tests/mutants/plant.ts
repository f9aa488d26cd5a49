import ts from 'typescript';

/** A small change to a source text that a test should notice. */
export interface Mutant {
  /** What is replaced: offsets in UTF-16 units. */
  start: number;
  end: number;
  text: string;
  line: number;
  /** `a < b → a <= b`, shortened. */
  change: string;
}

const OPERATORS: Partial<Record<ts.SyntaxKind, string>> = {
  [ts.SyntaxKind.LessThanToken]: '<=',
  [ts.SyntaxKind.LessThanEqualsToken]: '<',
  [ts.SyntaxKind.GreaterThanToken]: '>=',
  [ts.SyntaxKind.GreaterThanEqualsToken]: '>',
  [ts.SyntaxKind.EqualsEqualsEqualsToken]: '!==',
  [ts.SyntaxKind.ExclamationEqualsEqualsToken]: '===',
  [ts.SyntaxKind.PlusToken]: '-',
  [ts.SyntaxKind.MinusToken]: '+',
  [ts.SyntaxKind.AsteriskToken]: '/',
  [ts.SyntaxKind.SlashToken]: '*',
  [ts.SyntaxKind.AmpersandAmpersandToken]: '||',
  [ts.SyntaxKind.BarBarToken]: '&&',
};
const SHOWN = 70;

/** All mutants of a TypeScript source: operators, conditions, negations, numbers, and calls for their effect left out. */
export function listMutants(source: string): Mutant[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const plant = (node: ts.Node, text: string, shown: ts.Node = node) => {
    const [start, end] = [node.getStart(file), node.getEnd()];
    const before = source.slice(shown.getStart(file), shown.getEnd());
    const after = source.slice(shown.getStart(file), start) + text + source.slice(end, shown.getEnd());
    const line = file.getLineAndCharacterOfPosition(start).line + 1;
    mutants.push({ start, end, text, line, change: `${shorten(before)} → ${shorten(after)}` });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return;
    mutate(node, plant);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return mutants;
}

function mutate(node: ts.Node, plant: (node: ts.Node, text: string, shown?: ts.Node) => void): void {
  if (ts.isBinaryExpression(node)) {
    const other = OPERATORS[node.operatorToken.kind];
    if (other && !isText(node)) plant(node.operatorToken, other, node);
    if (node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) plant(node, node.right.getText());
  } else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
    plant(node, node.operand.getText());
  } else if (ts.isNumericLiteral(node)) {
    plant(node, String(Number(node.text.replaceAll('_', '')) + 1), node.parent);
  } else if (ts.isIfStatement(node)) {
    plant(node.expression, 'false', node);
  } else if (ts.isConditionalExpression(node)) {
    for (const value of ['true', 'false']) plant(node.condition, value, node);
  } else if (ts.isExpressionStatement(node) && ts.isCallExpression(node.expression)) {
    plant(node, ';');
  }
}

/** A sum of texts has no difference: what would not even compile is no mutant. */
const isText = ({ left, right }: ts.BinaryExpression): boolean =>
  [left, right].some((side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side));

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > SHOWN ? `${line.slice(0, SHOWN)}…` : line;
}
