import { type Block, type PrintedDocument, wordsOf } from './model.ts';

/** The document as lines of plain text, a line for each paragraph, item and cell of a table: what lints and searches read. */
export function toPlainText({ title, number, addressee, blocks, signature, notes = [] }: PrintedDocument): string {
  const lines = blocks.flatMap(linesOf);
  const signed = signature ? [signature.name, signature.date] : [];
  return [title, number ?? '', addressee ?? '', ...lines, ...signed, ...notes].filter((line) => line !== '').join('\n');
}

function linesOf(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return [block.text];
    case 'paragraph':
      return [wordsOf(block.text)];
    case 'list':
      return block.items.map(wordsOf);
    case 'table':
      return [block.caption, ...[...block.head, ...block.body].flat().map(({ text }) => wordsOf(text))];
  }
}
