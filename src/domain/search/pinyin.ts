import { pinyin } from 'pinyin-pro';

/** Syllables without tones, joined; letters and digits of the text stay: 监控 → jiankong. */
export function toPinyin(text: string): string {
  return pinyin(text, { toneType: 'none', type: 'array', v: true }).join('').replace(/\s/g, '').toLowerCase();
}

/** First letters of the syllables: 济宁市 → jns. */
export function toInitials(text: string): string {
  return pinyin(text, { pattern: 'first', toneType: 'none', type: 'array' }).join('').replace(/\s/g, '').toLowerCase();
}
