import { Converter } from 'opencc-js/t2cn';
import { remember } from '../site/remember.ts';

/**
 * Characters that are drawn like another one (after Unicode UTS #39), each followed by the one it is taken for. Only
 * across scripts and blocks: two Han characters that merely resemble each other (士, 土) are different names, and so are
 * a digit and a letter of one Latin name.
 */
const PAIRS = [
  // Cyrillic
  'АAВBЕEЅSІIЈJКKМMНHОOРPСCТTУYХXԌGԚQԜWҺHӀI',
  'аaеeѕsіiјjоoрpсcуyхxԁdԛqԝwһhӏl',
  // Greek
  'ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXϜF',
  'αaιiκkνvοoρpυuχxϲcϳj',
  // Armenian, Cherokee, Lisu, small capitals, IPA
  'ՍUՏSՕOօoսuոnհhցgᎪAᏴBᏟCᎠDᎬEᏀGᎻHᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZ',
  'ꓐBꓑPꓒdꓓDꓔTꓖGꓗKꓙJꓚCꓜZꓝFꓟMꓠNꓡLꓢSꓣRꓦVꓧHꓪWꓫXꓬYꓮAꓰEꓲIꓳOꓴU',
  'ᴀAʙBᴄCᴅDᴇEɢGʜHɪIᴊJᴋKʟLᴍMɴNᴏOᴘPʀRᴛTᴜUᴠVᴡWʏYᴢZɑaɡgıiȷjɩi',
  // Kana and symbols among Han
  'ロ口エ工カ力タ夕ト卜ハ八ニ二ー一囗口○〇◯〇⭕〇',
  // Radicals that have no compatibility mapping; text copied from PDF files is full of them
  '⺁厂⺇几⺌小⺍小⺝月⺠民⺩王⺮竹⺼肉⻁虎⻄西⻅见⻆角⻉贝⻊足⻋车⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻱龟',
];

function readPairs(): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (const pairs of PAIRS) {
    const characters = [...pairs];
    for (let at = 0; at + 1 < characters.length; at += 2) table.set(characters[at] ?? '', characters[at + 1] ?? '');
  }
  return table;
}

const TABLE = readPairs();
const ANY = new RegExp(`[${[...TABLE.keys()].join('')}]`, 'gu');

/** The text with every look-alike replaced by the character it is taken for. */
function replaceLookAlikes(text: string): string {
  return text.replace(ANY, (character) => TABLE.get(character) ?? character);
}

const toSimplified = Converter({ from: 't', to: 'cn' });

/** What is not seen: default-ignorable characters, format and control characters, marks laid over another character. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}[[\p{Mn}\p{Me}]&&\p{Script=Inherited}]]/gv;
const OPENING = /[[{〔【〖〘〚〈《「『⟨⦅]/gu;
const CLOSING = /[\]}〕】〗〙〛〉》」』⟩⦆]/gu;
/** Whatever else stands between the letters of a name says nothing: blanks, dots, dashes, quotation marks. */
const IDLE = /[^\p{L}\p{N}\p{M}()]/gu;

/**
 * The form in which names of organizations are compared: half-width, nothing unseen, one kind of brackets, no blanks and
 * punctuation, lower case, look-alikes replaced, simplified characters. Words of the name, its region and its legal form
 * stay, so that 济宁市甲有限公司 and 济宁甲有限公司 are two names. Empty when the text holds no letter or digit.
 */
export const nameKey = remember((name: string): string => {
  let key = name;
  // What is left when something is taken away, or made small, may be foldable again: the key is its own key.
  for (let folded = foldName(key); folded !== key; folded = foldName(key)) key = folded;
  return key;
});

function foldName(name: string): string {
  const plain = name.normalize('NFKD').replace(UNSEEN, '').normalize('NFKC');
  const bracketed = plain.replace(OPENING, '(').replace(CLOSING, ')');
  // Before and after lower-casing: look-alikes have capitals, and some small letters are look-alikes only then.
  const folded = replaceLookAlikes(replaceLookAlikes(bracketed).toLowerCase());
  const key = toSimplified(folded).replace(IDLE, '');
  return /[\p{L}\p{N}]/u.test(key) ? key : '';
}

/** Do two texts print the same name? Never true for names that differ in a word, a region or a bracketed part. */
export function isSameName(a: string, b: string): boolean {
  const key = nameKey(a);
  return key !== '' && key === nameKey(b);
}

/** Was a name written so that it does not look like what it is compared as: unseen or look-alike characters in it? */
export function isDisguised(name: string): boolean {
  const plain = name.normalize('NFC');
  return plain.replace(UNSEEN, '') !== plain || replaceLookAlikes(plain) !== plain;
}

const BLANK_BESIDE_HAN = /(?<=[\p{Script=Han}（）])\s+|\s+(?=[\p{Script=Han}（）])/gu;

/** A name as it is shown: full-width brackets, nothing unseen, no blanks but between Latin words. */
export function displayName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\s+/g, ' ')
    .replace(UNSEEN, '')
    .replace(/\(/g, '（')
    .replace(/\)/g, '）')
    .replace(BLANK_BESIDE_HAN, '')
    .trim();
}
