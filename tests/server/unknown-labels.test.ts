import { afterEach, beforeEach, expect, test } from 'vitest';
import { listUnknownLabels } from '#src/publish/facts/unknown-labels.ts';
import { type IngestRig, startRig } from '#tests/support/ingest-rig.ts';
import { makeItem } from '#tests/support/test-site.ts';

let rig: IngestRig;

beforeEach(async () => {
  rig = await startRig();
});

afterEach(() => rig.close());

test('labels and headers that nothing knows are listed with how often they come and where', async () => {
  const table =
    '<table><tr><td>包号</td><td>预算金额（元）</td><td>奇特表头名称</td></tr><tr><td>1</td><td>5000</td><td>甲</td></tr></table>';
  rig.items = [
    makeItem(1, { body: `<p>采购人：青禾中学</p><p>古怪标签：甲</p>${table}` }),
    makeItem(2, { body: '<p>采购人：青禾中学</p><p>古怪标签：乙</p><p>预算金额：5万元</p>' }),
  ];
  await rig.run();
  const found = listUnknownLabels(rig.db);
  expect(found.map(({ label, notices }) => [label, notices])).toEqual([
    ['古怪标签', 2],
    ['奇特表头名称', 1],
  ]);
  expect(rig.count(`SELECT count(*) FROM published_notices WHERE id = '${found[1]?.example}'`)).toBe(1);
});
