import type { SearchPage } from '../../search/types.ts';
import { NOTICE_EXAMPLES } from '../notices/examples.ts';

const { page: PAGE, summary: SUMMARY } = NOTICE_EXAMPLES;

/** An answer as it looks, for the document. */
export const SEARCH_EXAMPLE: SearchPage = {
  ...PAGE,
  items: [
    {
      ...SUMMARY,
      titleSegments: [
        { text: '示例县第三小学', mark: false },
        { text: '教学楼', mark: true },
        { text: '工程施工招标公告', mark: false },
      ],
      snippetSegments: [{ text: '本工程已具备招标条件，现公开招标。', mark: false }],
    },
  ],
  engine: 'meilisearch',
  fallback: null,
  behind: false,
  plan: {
    words: ['教学楼'],
    phrases: [],
    excluded: [],
    codes: [],
    rewritten: [],
    corrected: null,
    dropped: [],
    conditions: [],
    literal: null,
    loose: null,
    scope: 'all',
  },
  counts: { subject: 1, all: 1 },
  help: [],
  without: 0,
  nothingAsked: null,
};
