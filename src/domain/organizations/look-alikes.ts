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
export function replaceLookAlikes(text: string): string {
  return text.replace(ANY, (character) => TABLE.get(character) ?? character);
}
