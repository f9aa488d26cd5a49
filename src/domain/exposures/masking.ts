/** Surnames of two characters, so that 欧阳明 becomes 欧阳* and not 欧**. */
const COMPOUND_SURNAMES = new Set(
  '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 梁丘 左丘 东门 西门 第五'.split(
    ' ',
  ),
);

/** A natural person's name: the surname stays, every other character becomes `*` (山东省社会信用条例 第二十条). */
export function maskName(name: string): string {
  const characters = [...name.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')];
  const compound = characters.length > 2 && COMPOUND_SURNAMES.has(characters.slice(0, 2).join(''));
  const dot = characters.findIndex((character) => character === '·' || character === '•');
  const kept = dot > 0 ? 1 : compound ? 2 : 1;
  if (characters.length < 2) return characters.length === 1 ? '*' : '';
  return characters.map((character, index) => (index < kept ? character : '*')).join('');
}

/** A text with every occurrence of a person's name masked. */
export function maskNameIn(text: string, name: string): string {
  const plain = name.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');
  if (plain.length < 2 || plain.includes('*')) return text;
  // People space out two-character names: 张 伟.
  const spaced = [...plain].map((character) => character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[\\s\\p{Cf}]*');
  return text.replace(new RegExp(spaced, 'gu'), maskName(plain));
}
