import { describeUnlisted, type Message, type MessageParagraph } from './message.ts';

/** From an ASCII character to its full-width twin. */
const FULL_WIDTH = 0xfee0;
/** What of an introduction is left where a message has room for little else. */
const SHORT_INTRO = 120;

/** Characters that would make markup of a notice's words become their full-width twins. */
const withoutMarkup = (text: string) =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) + FULL_WIDTH));

/**
 * A message as the Markdown that chat robots show: headings as links. As many items as fit, the others are counted; where even the
 * filter's words and address do not, what is left is the count and how to stop it.
 */
export function toMarkdown(message: Message, fits: (markdown: string) => boolean): string {
  const { intro, actions, unlisted } = message;
  const items = message.items.map(toParagraph);
  for (let shown = items.length; shown >= 0; shown--) {
    const text = frame(message, {
      intro,
      actions,
      items: items.slice(0, shown),
      rest: unlisted + items.length - shown,
    });
    if (fits(text)) return text;
  }
  const rest = unlisted + items.length;
  return frame(message, { intro: `${intro.slice(0, SHORT_INTRO)}…`, actions: actions.slice(-1), items: [], rest });
}

interface Parts extends Pick<Message, 'intro' | 'actions'> {
  items: readonly string[];
  rest: number;
}

function frame({ footer }: Message, { intro, actions, items, rest }: Parts): string {
  return [
    `**${withoutMarkup(intro)}**`,
    ...items,
    ...(rest > 0 ? [describeUnlisted(rest)] : []),
    actions.map(({ label, url }) => `[${label}](${url})`).join('　'),
    withoutMarkup(footer),
  ].join('\n\n');
}

function toParagraph({ heading, url, lines }: MessageParagraph): string {
  return [`[${withoutMarkup(heading)}](${url})`, ...lines.map((line) => withoutMarkup(line))].join('\n');
}
