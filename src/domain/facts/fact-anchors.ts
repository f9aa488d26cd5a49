import { isUncounted, type TextSpan } from './fact-evidence.ts';
import type { Facts, FactValue } from './facts.ts';

/** A body whose places can be pointed at. */
export interface AnchoredBody {
  html: string;
  /** Id of the element around a span; undefined for a span that the body does not hold. */
  anchorOf(span: TextSpan): string | undefined;
}

/** Where the words of facts stand, those of the rows of lists included. */
export function listSpans(facts: Facts): TextSpan[] {
  const values = Object.values(facts).flatMap((fact: FactValue) => [
    fact,
    ...(fact.entries ?? []).flatMap(Object.values),
  ]);
  return values.flatMap(({ span }: FactValue) => (span ? [span] : []));
}

/** A run of text within one element: where it stands in the HTML, and what it counts. */
interface Piece {
  from: number;
  to: number;
}

/** Tags and character references as our serialiser writes them. */
const TOKEN = /<\/?[a-z][a-z0-9]*(?: [a-z-]+="[^"]*")*>|&#x([0-9A-F]+);/g;

/**
 * Puts an element with an id around the words of each span, so that a link can lead to them and `:target` can light them up.
 * `html` is a stored body. Words that inline tags part are marked in their longest run; equal spans, and spans that
 * overlap without lying within each other, share an element.
 */
export function anchorSpans(html: string, spans: readonly TextSpan[]): AnchoredBody {
  const wanted = new Map(spans.map((span) => [idOf(span), span]));
  const sorted = [...wanted.values()].sort(([a, b], [c, d]) => a - c || d - b);
  const { nested, ids } = nest(findPieces(html, sorted));
  return { html: insert(html, nested), anchorOf: (span) => ids.get(idOf(span)) };
}

function idOf([start, end]: TextSpan): string {
  return `from-${start}-${end}`;
}

interface PlacedSpan extends Piece {
  id: string;
}

/** The longest run of each span. `spans` are sorted by their start. */
function findPieces(html: string, spans: readonly TextSpan[]): PlacedSpan[] {
  const longest = new Map<TextSpan, Piece>();
  let count = 0;
  let next = 0;
  let open: TextSpan[] = [];
  for (const run of textRuns(html)) {
    const end = count + run.places.length;
    while (spans[next] && (spans[next]?.[0] ?? 0) < end) open.push(spans[next++] as TextSpan);
    open = open.filter(([, to]) => to > count);
    for (const span of open) {
      const piece = pieceIn(run, count, span);
      const before = longest.get(span);
      if (piece && (!before || piece.to - piece.from > before.to - before.from)) longest.set(span, piece);
    }
    count = end;
  }
  return [...longest].map(([span, piece]) => ({ ...piece, id: idOf(span) }));
}

/** Text between two tags: where each character that counts begins in the HTML, and where the last ends. */
interface TextRun {
  places: number[];
  ends: number[];
}

function* textRuns(html: string): Generator<TextRun> {
  let run: TextRun = { places: [], ends: [] };
  let from = 0;
  for (const match of html.matchAll(TOKEN)) {
    addPlain(run, html, from, match.index);
    from = match.index + match[0].length;
    if (match[0].startsWith('&')) addReference(run, match, from);
    else if (run.places.length > 0) {
      yield run;
      run = { places: [], ends: [] };
    }
  }
  addPlain(run, html, from, html.length);
  if (run.places.length > 0) yield run;
}

function addPlain(run: TextRun, html: string, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    if (isUncounted(html.charCodeAt(at))) continue;
    run.places.push(at);
    run.ends.push(at + 1);
  }
}

/** A character reference counts what its character counts. */
function addReference(run: TextRun, match: RegExpExecArray, end: number): void {
  const code = Number.parseInt(match[1] ?? '', 16);
  if (isUncounted(code)) return;
  for (let unit = 0; unit < String.fromCodePoint(code).length; unit += 1) {
    run.places.push(match.index);
    run.ends.push(end);
  }
}

/** The part of a span in a run that begins at `count`. */
function pieceIn({ places, ends }: TextRun, count: number, [start, end]: TextSpan): Piece | undefined {
  const first = places[Math.max(0, start - count)];
  const last = ends[Math.min(places.length, end - count) - 1];
  return first !== undefined && last !== undefined && first < last ? { from: first, to: last } : undefined;
}

/** Pieces that lie beside or within each other, and the id under which each span is found. */
function nest(pieces: readonly PlacedSpan[]): { nested: PlacedSpan[]; ids: Map<string, string> } {
  const nested: PlacedSpan[] = [];
  const ids = new Map<string, string>();
  let open: PlacedSpan[] = [];
  for (const piece of [...pieces].sort((a, b) => a.from - b.from || b.to - a.to)) {
    open = open.filter(({ to }) => to > piece.from);
    const crossed = open.find(({ to }) => to < piece.to);
    ids.set(piece.id, crossed?.id ?? piece.id);
    if (crossed) continue;
    nested.push(piece);
    open.push(piece);
  }
  return { nested, ids };
}

function insert(html: string, pieces: readonly PlacedSpan[]): string {
  const edges = pieces.flatMap(({ from, to, id }, order) => [
    { at: from, order, isEnd: false, tag: `<span class="from" id="${id}">` },
    { at: to, order: -order, isEnd: true, tag: '</span>' },
  ]);
  edges.sort((a, b) => a.at - b.at || Number(b.isEnd) - Number(a.isEnd) || a.order - b.order);
  const parts: string[] = [];
  let from = 0;
  for (const { at, tag } of edges) {
    parts.push(html.slice(from, at), tag);
    from = at;
  }
  return parts.join('') + html.slice(from);
}
