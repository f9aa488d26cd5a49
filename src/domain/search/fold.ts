import { Converter } from 'opencc-js/t2cn';

/**
 * CJK radicals as texts copied from PDF files have them (⻥台县), each with the character that is meant: the pairs of Unicode's
 * EquivalentUnifiedIdeograph.txt for U+2E80–U+2EF3 that NFKC leaves alone, in simplified characters.
 */
const RADICALS = Object.fromEntries(
  (
    '⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺖忄 ⺗㣺 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ' +
    '⺦丬 ⺧牛 ⺨犭 ⺩王 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺶羊 ⺸羋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑长 ⻒长 ⻓长 ⻔门 ' +
    '⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞食 ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫齐 ⻬齐 ⻭齿 ⻮齿 ⻯龙 ⻰龙 ⻱龟 ⻲龟'
  )
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/** Characters that are seen by nobody: format and control characters, variation selectors, fillers, private use. Line ends part. */
const INVISIBLE = /\p{Cf}|\p{Co}|(?!\s)\p{Cc}|\p{Variation_Selector}|[\u115f\u1160\u3164\uffa0]/gu;

const FIRST = 0x4e00;
const LAST = 0x9fff;

/** What every traditional character is in simplified ones, by itself: a piece of a text folds to a piece of the folded text. */
function listSimplified(): Map<string, string> {
  const convert = Converter({ from: 't', to: 'cn' });
  const changed = new Map<string, string>();
  for (let code = FIRST; code <= LAST; code++) {
    const char = String.fromCharCode(code);
    const simplified = convert(char);
    if (simplified !== char && [...simplified].length === 1) changed.set(char, simplified);
  }
  return changed;
}

/** A place for every UTF-16 unit, which holds what it folds to; reading it costs less than looking at a class of thousands. */
type Folding = readonly (string | undefined)[];

let folding: Folding | undefined;

/** Made when the first text is folded: it costs some milliseconds, and pages without a search need none. */
function loadFolding(): Folding {
  const table = new Array<string | undefined>(LAST + 1).fill(undefined);
  for (const [char, plain] of [...listSimplified(), ...Object.entries(RADICALS)]) table[char.charCodeAt(0)] = plain;
  return table;
}

function foldCharacters(text: string): string {
  folding ??= loadFolding();
  let folded = '';
  let from = 0;
  for (let index = 0; index < text.length; index++) {
    const plain = folding[text.charCodeAt(index)];
    if (plain === undefined) continue;
    folded += text.slice(from, index) + plain;
    from = index + 1;
  }
  return from === 0 ? text : folded + text.slice(from);
}

/**
 * The form in which texts are compared, titles, bodies and queries alike: half-width, lower case, simplified, radicals as the characters
 * they stand for, nothing invisible. Character by character but for NFKC, so that pieces of a text stay pieces of it.
 */
export function normaliseText(text: string): string {
  return foldCharacters(text.normalize('NFKC').replace(INVISIBLE, '')).toLowerCase();
}
