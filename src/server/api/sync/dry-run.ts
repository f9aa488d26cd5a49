import type { County } from '#src/domain/counties/counties.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import type { PushKind } from './schema.ts';

/** What would become of an item that a county pushes. */
export interface DryRun {
  status: 'created' | 'changed' | 'unchanged' | 'accepted' | 'rejected';
  reasons: { code: string; message: string; field?: string }[];
  /** What this site would publish, for notices. */
  notice?: Pick<NoticeContent, 'id' | 'title' | 'category' | 'stage' | 'county' | 'publishedAt' | 'redacted'>;
}

/** Says what would become of an item that a county pushes. */
export type Judge = (kind: PushKind, text: string, county: County) => Promise<DryRun>;

let current: Judge | undefined;

/** Who judges items in this process; nobody where pages run without the process that takes pushes. */
export const currentDryRun = (): Judge | undefined => current;

/** Called once, before the first request. */
export function useJudge(judge: Judge): void {
  current = judge;
}
