import { files } from '#db/schema/index.ts';
import { FileStore } from '#src/attachments/store.ts';
import type { Check } from './check.ts';

/** Every kept file is there, byte for byte what its hash says. */
export function filesCheck(dataDirectory: string): Check {
  return {
    key: 'files',
    title: '保存的附件都在，内容与摘要一致',
    async *find(db) {
      const store = new FileStore(dataDirectory);
      for (const { sha256, size } of db.select({ sha256: files.sha256, size: files.size }).from(files).all()) {
        const fault = await store.faultOf(sha256, size);
        if (fault) yield `${sha256} ${fault}`;
      }
    },
  };
}
