import type { NoticeContent } from '#src/domain/notices/notice-content.ts';

/** What would become of an item that a county pushes. */
export interface Judgement {
  status: 'created' | 'changed' | 'unchanged' | 'accepted' | 'rejected';
  reasons: { code: string; message: string; field?: string }[];
  /** What this site would publish, for notices. */
  notice?: Pick<NoticeContent, 'id' | 'title' | 'category' | 'stage' | 'county' | 'publishedAt' | 'redacted'>;
}
