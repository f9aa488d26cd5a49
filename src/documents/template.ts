/**
 * How a PDF is set, in typst. The document comes in as data (`sys.inputs`), never as markup: whatever a text says stays text. Measures
 * after GB/T 9704: A4, margins 37, 35, 28 and 26 mm, 28.95 pt from line to line, two characters of indent; smaller type than there, since
 * reports have wide tables.
 */
export const TEMPLATE = `
#let doc = json(bytes(sys.inputs.document))
#set document(title: doc.title, author: doc.issuer, date: none)
#set page(paper: "a4", margin: (top: 30mm, bottom: 28mm, left: 26mm, right: 24mm), numbering: "— 1 —")
#set text(font: "Noto Serif SC", fallback: false, size: 12pt, lang: "zh", region: "cn")
#set par(leading: 0.9em, spacing: 0.9em, justify: true)
#set table(stroke: 0.5pt, inset: (x: 3pt, y: 4pt))
#show heading: set block(above: 1.3em, below: 0.9em, sticky: true)
#show heading.where(level: 1): set text(size: 14pt, weight: 700)
#show heading.where(level: 2): set text(size: 12.5pt, weight: 700)
#show heading.where(level: 3): set text(size: 12pt, weight: 700)
#show title: set text(size: 19pt, weight: 700)
#show title: set align(center)

#let set-piece(piece) = {
  let words = if "strong" in piece { strong(piece.text) } else { piece.text }
  if "href" in piece { link(piece.href, underline(words)) } else { words }
}
#let set-text(pieces) = pieces.map(set-piece).join()
#let set-cell(cell, head) = table.cell(
  colspan: cell.at("columns", default: 1),
  rowspan: cell.at("rows", default: 1),
  align: (if cell.at("align", default: "center") == "left" { left } else if cell.at("align", default: "center") == "right" { right } else { center }) + horizon,
  fill: if head or "header" in cell { luma(240) } else { none },
  {
    set par(leading: 0.5em, justify: false)
    set text(weight: 700) if head
    set-text(cell.text)
  },
)
#let set-table(block) = figure(
  kind: table,
  supplement: none,
  numbering: none,
  caption: figure.caption(position: top, block.caption + if "unit" in block { "（" + block.unit + "）" }),
  {
    set text(size: if "dense" in block { 7.5pt } else { 10pt })
    table(
      columns: block.widths.map((width) => width * 1fr),
      ..if block.head.len() > 0 { (table.header(repeat: true, ..block.head.flatten().map((cell) => set-cell(cell, true))),) },
      ..block.body.flatten().map((cell) => set-cell(cell, false)),
    )
  },
)
#show figure.where(kind: table): set block(breakable: true)
#show figure.caption: set text(size: 11pt, weight: 700)

#title()
#if "number" in doc { align(center, doc.number) }
#if "addressee" in doc { par(doc.addressee) }
#for block in doc.blocks {
  if block.kind == "heading" { heading(level: block.level, block.text) }
  else if block.kind == "paragraph" { par(first-line-indent: (amount: 2em, all: true), set-text(block.text)) }
  else if block.kind == "list" and block.ordered { enum(..block.items.map(set-text)) }
  else if block.kind == "list" { list(..block.items.map(set-text)) }
  else { set-table(block) }
}
#if "signature" in doc {
  v(1.5em)
  block(breakable: false, width: 100%, align(right, pad(right: 4em, {
    par(doc.signature.name)
    if doc.signature.sealPlace { par(text(fill: luma(90), "（印章）")) }
    par(doc.signature.date)
  })))
}
#if "notes" in doc and doc.notes.len() > 0 {
  v(1em)
  line(length: 30%, stroke: 0.5pt)
  set text(size: 9pt)
  for note in doc.notes { par(note) }
}
`;
