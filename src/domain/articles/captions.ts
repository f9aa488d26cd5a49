/** What is said from one moment to another, in seconds from the beginning. */
export interface Cue {
  from: number;
  to: number;
  text: string;
}

const ARROW = /^(\S+)\s+-->\s+(\S+)(?:\s+.*)?$/;
const CLOCK = /^(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})$/;
/** Voice, class and time tags of WebVTT: how it is said, not what. */
const TAG = /<[^>\n]*>/g;

/** Why captions cannot be used. */
export class CaptionError extends SyntaxError {}

/**
 * The cues of a WebVTT file (W3C WebVTT 1, clause 4), in their order. Notes, styles and regions are passed over.
 * @throws CaptionError for what is none, has no cue, or has cues that end before they begin or begin before the one before them
 */
export function parseCaptions(text: string): Cue[] {
  const [head = '', ...blocks] = text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/);
  if (!/^WEBVTT(?:[ \t][^\n]*)?(?:\n|$)/.test(head)) throw new CaptionError('字幕文件应以 WEBVTT 开头');
  const cues = blocks.flatMap((block): Cue[] => {
    const lines = block.split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0 || /^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(lines[0] ?? '')) return [];
    return [toCue(lines)];
  });
  if (cues.length === 0) throw new CaptionError('字幕文件里没有字幕');
  const late = cues.findIndex(({ from }, index) => from < (cues[index - 1]?.from ?? 0));
  if (late >= 0) throw new CaptionError(`第 ${late + 1} 条字幕早于前一条`);
  return cues;
}

function toCue(lines: readonly string[]): Cue {
  const at = lines.findIndex((line) => line.includes('-->'));
  const [, start = '', end = ''] = ARROW.exec(lines[at]?.trim() ?? '') ?? [];
  const [from, to] = [toSeconds(start), toSeconds(end)];
  if (at < 0 || at > 1 || from === undefined || to === undefined)
    throw new CaptionError(`字幕的时间写得不对：${(lines[at] ?? lines[0] ?? '').slice(0, 60)}`);
  if (to <= from) throw new CaptionError(`字幕的结束早于开始：${lines[at]}`);
  const text = lines
    .slice(at + 1)
    .join(' ')
    .replace(TAG, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .trim();
  if (text === '') throw new CaptionError(`这一条字幕没有文字：${lines[at]}`);
  return { from, to, text };
}

function toSeconds(clock: string): number | undefined {
  const [whole, hours = '0', minutes = '0', seconds = '0', millis = '0'] = CLOCK.exec(clock) ?? [];
  if (whole === undefined) return undefined;
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(millis) / 1000;
}

/** What captions say, a line for each cue: the transcript. */
export const toTranscript = (cues: readonly Cue[]): string => cues.map(({ text }) => text).join('\n');

/** Words alone: where lines break and how much space stands between them says nothing. */
const squeeze = (text: string): string => text.normalize('NFC').replace(/\s+/g, '');

/** Where a transcript first says something else than the captions; null where they say the same. */
export function transcriptFault(transcript: string, cues: readonly Cue[]): string | null {
  const [said, shown] = [squeeze(transcript), squeeze(toTranscript(cues))];
  if (said === shown) return null;
  const same = [...shown].findIndex((letter, index) => said[index] !== letter);
  const at = same < 0 ? shown.length : same;
  const quote = (text: string) => text.slice(Math.max(0, at - 4), at + 10) || '（结束）';
  return `文字稿与字幕不一致：字幕“${quote(shown)}”，文字稿“${quote(said)}”`;
}
