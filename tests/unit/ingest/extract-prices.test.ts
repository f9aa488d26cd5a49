import { describe, expect, test } from 'vitest';
import { extractFacts } from '#src/publish/facts/extract.ts';
import { HAS_SAMPLES, sample } from '#tests/support/open-feed.ts';

const SAMPLE = 'epoint-yichang.candidates-parsed.003001004.first150.json';
/** Prices that are no sums of money. */
const RATE = /按|收费标准|下浮率|折扣率|费率|[%％]/;
const HEADERS = ['投标报价', '投标报价（元）', '投标报价（万元）'];

interface Candidates {
  parsed_data: { bidders_and_prices: { bidder: string; price: string }[] };
}

/** The bid of a notice's only candidate, in a table and on a line of its own. */
function readBid(price: string, header = '投标报价'): (number | undefined)[] {
  const rows = [
    ['排名', '投标人', header],
    ['1', '某某建设有限公司', price],
  ];
  const table = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('');
  return [`<table>${table}</table>`, `<p>${header}：${price}</p>`].map((html) => {
    const input = { html, category: 'construction', stage: 'candidateNotice', fields: {} } as const;
    const fens = Object.values(extractFacts(input)).map(({ fen }) => fen);
    return fens.find((fen) => fen !== undefined);
  });
}

describe('bids of candidates', () => {
  test.each([
    ['1799255.53', '投标报价（元）', 179_925_553],
    ['12,345.60 万元', '投标报价', 12_345_600_000],
    ['￥985500.00', '投标报价', 98_550_000],
    ['58.90', '投标报价（万元）', 58_900_000],
  ])('%s under %s', (price, header, fen) => expect(readBid(price, header)).toEqual([fen, fen]));

  test.each(['按国家收费标准的50%计取', '下浮率 12.5％', '折扣率0.85', '费率：1.35', '98.5%', '投标报价(元/%)'])(
    '%s is a rate and stays text, whatever the header says',
    (price) => {
      for (const header of HEADERS) expect(readBid(price, header)).toEqual([undefined, undefined]);
    },
  );

  test.each(['未提供', '0.00', '1799255.53'])('%s gives no number without its unit', (price) =>
    expect(readBid(price)).toEqual([undefined, undefined]),
  );

  test('the number of an item is no price, even of a header with a unit', () => {
    expect(readBid('1、勘察费为：标准计费×33%。2、设计费为：标准计费×57%。', '投标报价（元）')).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe.skipIf(!HAS_SAMPLES)('prices of 150 real candidate notices', () => {
  const notices: Candidates[] = HAS_SAMPLES ? JSON.parse(sample(SAMPLE).toString()) : [];
  const prices = notices.flatMap(({ parsed_data }) => parsed_data.bidders_and_prices.map(({ price }) => price));
  const flat = (price: string) => price.replace(/\s+/g, ' ');

  test('rates stay text, whatever the header says', () => {
    const rates = prices.filter((price) => RATE.test(price));
    expect([notices.length, rates.length]).toEqual([150, 64]);
    for (const header of HEADERS) {
      const read = rates.filter((price) => readBid(flat(price), header).some((fen) => fen !== undefined));
      expect(read).toEqual([]);
    }
  });

  test('plain numbers are read exactly under a header with a unit, and not at all without', () => {
    const plain = prices.filter((price) => /^\d+\.\d{2}$/.test(price) && Number(price) > 0);
    expect(plain.length).toBeGreaterThan(300);
    for (const price of plain) {
      const fen = Number(price.replace('.', ''));
      expect([price, ...readBid(price, '投标报价（元）')]).toEqual([price, fen, fen]);
      expect([price, ...readBid(price)]).toEqual([price, undefined, undefined]);
    }
  });
});
