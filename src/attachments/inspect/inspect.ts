import type { Inspection } from '#src/domain/attachments/findings.ts';
import { FILE_TYPES, type FileType } from '#src/domain/attachments/types.ts';
import { decodeText } from '../decode-text.ts';
import { UnfitFileError } from '../errors.ts';
import { type Archive, openArchive } from '../zip/archive.ts';
import { Collector } from './collector.ts';
import { inspectOfd } from './ofd.ts';
import { inspectOffice } from './office.ts';
import { inspectOldOffice } from './old-office.ts';
import { inspectPdf } from './pdf.ts';
import { inspectPicture } from './picture.ts';

/** Looks into a file of a type. What makes it unfit is a finding like the others. */
export async function inspectFile(path: string, type: FileType): Promise<Inspection> {
  const collector = new Collector();
  try {
    await inspectType(path, type, collector);
  } catch (error) {
    if (!(error instanceof UnfitFileError)) throw error;
    collector.add(error.kind, '', error.message);
  }
  return collector.finish();
}

async function inspectType(path: string, type: FileType, collector: Collector): Promise<void> {
  switch (FILE_TYPES[type].family) {
    case 'office':
      return withArchive(path, (archive) => inspectOffice(archive, collector));
    case 'ofd':
      return withArchive(path, (archive) => inspectOfd(archive, collector));
    case 'archive':
      return withArchive(path, async ({ names }) => {
        collector.addText(`${names.join('\n')}\n`);
        collector.add('unreadable', '', `压缩包内有 ${names.length} 个文件，请审核人逐个打开查看`);
      });
    case 'oldOffice':
      return inspectOldOffice(path, collector);
    case 'picture':
      return inspectPicture(path, type === 'png' ? 'png' : 'jpg', collector);
    case 'pdf':
      return inspectPdf(path, collector);
    case 'media':
      collector.add('unreadable', '', '音视频的内容无法自动审查，请审核人从头到尾看过');
      return;
    case 'text':
      collector.addText((await decodeText(path)) ?? '');
  }
}

async function withArchive(path: string, look: (archive: Archive) => Promise<void>): Promise<void> {
  const archive = await openArchive(path);
  try {
    await look(archive);
  } finally {
    archive.close();
  }
}
