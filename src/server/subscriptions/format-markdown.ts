import type { Message, MessageParagraph } from './message.ts';

/** Bytes that the narrowest of the vendors takes in one message. */
const MOST_BYTES = 4_096;

/** From an ASCII character to its full-width twin. */
const FULL_WIDTH = 0xfee0;

/** Characters that would make markup of a notice's words become their full-width twins. */
const withoutMarkup = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + FULL_WIDTH));

/** A message as the Markdown that chat robots show: headings as links, at most 4,096 bytes. Items that do not fit are counted. */
export function toMarkdown(message: Message): string {
  const links = message.actions.map(({ label, url }) => `[${label}](${url})`).join('　');
  const frame = (items: readonly string[], rest: number) =>
    [
      `**${withoutMarkup(message.intro)}**`,
      ...items,
      ...(rest > 0 ? [`另有 ${rest} 条，请点“查看全部”。`] : []),
      links,
      withoutMarkup(message.footer),
    ].join('\n\n');
  const items = message.items.map(toParagraph);
  for (let shown = items.length; shown > 0; shown--) {
    const text = frame(items.slice(0, shown), items.length - shown);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  return frame([], items.length);
}

function toParagraph({ heading, url, lines }: MessageParagraph): string {
  return [`[${withoutMarkup(heading)}](${url})`, ...lines.map((line) => withoutMarkup(line))].join('\n');
}
