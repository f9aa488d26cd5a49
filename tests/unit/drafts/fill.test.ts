import { expect, test } from 'vitest';
import { fillIn } from '#scripts/demo/drafts/fill-form.ts';
import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { emptyContent } from '#src/domain/drafts/content.ts';
import { contentFaults } from '#src/domain/drafts/faults.ts';
import { stagesOf } from '#src/domain/stages.ts';

const NOW = '2026-03-02T01:00:00.000Z';

test('every form can be filled in so that nothing is missing of it', () => {
  for (const category of CATEGORY_SLUGS) {
    for (const stage of stagesOf(category)) {
      const content = emptyContent({ category, stage, title: '虚构公告', fields: fillIn({ category, stage }, NOW) });
      const faults = contentFaults(content);
      expect(faults, `${category}/${stage}`).toEqual([]);
    }
  }
});
