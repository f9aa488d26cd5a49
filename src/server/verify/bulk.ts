import { bulkDirectory, readCurrentSet } from '../bulk/manifest.ts';
import { isWhole, listDamaged } from '../bulk/seal.ts';
import type { Check } from './check.ts';

/** Every bulk file that is given out is what it was when it was made. */
export function bulkCheck(dataDirectory: string): Check {
  return {
    key: 'bulk-files',
    title: '批量文件与生成时的摘要一致',
    async *find() {
      let set: ReturnType<typeof readCurrentSet>;
      try {
        set = readCurrentSet(bulkDirectory(dataDirectory));
      } catch (error) {
        yield `清单已损坏：${error instanceof Error ? error.message : String(error)}`;
      }
      for (const name of set ? await listDamaged(set, isWhole) : []) yield name;
    },
  };
}
