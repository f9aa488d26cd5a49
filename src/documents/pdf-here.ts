import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { type Block, type Cell, type PrintedDocument, piecesOf, UnprintableError } from './model.ts';
import { TEMPLATE } from './template.ts';

const require = createRequire(import.meta.url);
const FONTS = ['400Regular/NotoSerifSC_400Regular.ttf', '700Bold/NotoSerifSC_700Bold.ttf'];
let compiler: Promise<NodeCompiler> | undefined;

/**
 * The document as a tagged PDF (PDF/UA-1), on the caller's own thread: some milliseconds, a hundred for the first. The same document
 * gives the same bytes on every machine.
 * @throws UnprintableError for a character that our fonts lack: it would print as an empty box
 */
export async function renderPdfHere(document: PrintedDocument): Promise<Uint8Array<ArrayBuffer>> {
  compiler ??= createCompiler();
  const typst = await compiler;
  const result = typst.compile({ mainFileContent: TEMPLATE, inputs: { document: JSON.stringify(toPlain(document)) } });
  if (!result.result) throw new UnprintableError(describe(typst, result.takeDiagnostics()));
  try {
    const bytes = typst.pdf(result.result, { pdfStandard: 'ua-1', creationTimestamp: 0 });
    return Uint8Array.from(bytes);
  } catch (error) {
    throw new UnprintableError(error instanceof Error ? error.message : String(error));
  } finally {
    typst.evictCache(10);
  }
}

/** Nothing but our fonts, and a folder that is gone to read from: the compiler reads its workspace, which is the current folder else. */
async function createCompiler(): Promise<NodeCompiler> {
  const typst = await import('@myriaddreamin/typst-ts-node-compiler');
  const fontBlobs = FONTS.map((file) => readFileSync(require.resolve(`@expo-google-fonts/noto-serif-sc/${file}`)));
  const workspace = mkdtempSync(join(tmpdir(), 'documents-'));
  rmdirSync(workspace);
  return typst.NodeCompiler.create({ workspace, fontArgs: [{ fontBlobs }] });
}

function describe(
  typst: NodeCompiler,
  diagnostics: ReturnType<ReturnType<NodeCompiler['compile']>['takeDiagnostics']>,
): string {
  if (!diagnostics) return 'the document cannot be set';
  return typst
    .fetchDiagnostics(diagnostics)
    .map((entry: { message?: string }) => entry.message ?? '')
    .join('; ');
}

/** Texts as lists of pieces, which the template counts on. */
function toPlain(document: PrintedDocument): object {
  return { ...document, blocks: document.blocks.map(toPlainBlock) };
}

function toPlainBlock(block: Block): object {
  const row = (cells: readonly Cell[]) => cells.map((cell) => ({ ...cell, text: piecesOf(cell.text) }));
  switch (block.kind) {
    case 'heading':
      return block;
    case 'paragraph':
      return { ...block, text: piecesOf(block.text) };
    case 'list':
      return { ...block, items: block.items.map(piecesOf) };
    case 'table':
      return { ...block, head: block.head.map(row), body: block.body.map(row) };
  }
}
