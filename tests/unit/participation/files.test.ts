import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { blankPdf } from '#src/attachments/clean/pdf.ts';
import { renderDocx } from '#src/documents/docx.ts';
import { renderPdf } from '#src/documents/pdf.ts';
import { takeFile } from '#src/server/participation/files.ts';
import { readDocx, readPdf } from '#tests/support/read-documents.ts';

const PAPER = {
  title: '关于某事的说明',
  issuer: '某单位',
  blocks: [{ kind: 'paragraph' as const, text: [{ text: '正文。' }] }],
};
const given = (name: string, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name);

describe('a file that somebody sends in', () => {
  test('loses the properties of a Word file, and no word of it', async () => {
    const docx = await renderDocx(PAPER);
    const core = (bytes: Uint8Array) => Buffer.from(unzipSync(bytes)['docProps/core.xml'] ?? []).toString();
    expect(core(docx)).toContain(PAPER.title);
    const { bytes, remark } = await takeFile(given('说明.docx', docx), false);
    expect(remark).toContain('已经清除文档属性');
    expect(core(bytes)).not.toMatch(/>[^<\s]/);
    expect(readDocx(bytes)).toBe(readDocx(docx));
    const original = await takeFile(given('说明.docx', docx), true);
    expect([original.bytes.equals(docx), original.remark]).toEqual([true, expect.stringContaining('保存原件')]);
    const broken = docx.slice(0, docx.length - 100);
    await expect(takeFile(given('说明.docx', broken), false)).rejects.toThrow('不能打开');
  });

  test('loses the properties of a PDF, and no word of it', async () => {
    const pdf = await renderPdf(PAPER);
    const { bytes, remark } = await takeFile(given('说明.pdf', pdf), false);
    expect(remark).toContain('已经清除文档属性');
    const [before, after] = [await readPdf(pdf), await readPdf(bytes)];
    expect(before.title).toBe(PAPER.title);
    expect([after.title?.trim() ?? '', after.words]).toEqual(['', before.words]);
  });
});

describe('properties of a PDF', () => {
  const object = (body: string, trailer = '/Info 4 0 R') =>
    Buffer.from(`%PDF-1.7\n4 0 obj\n${body}\nendobj\ntrailer <<${trailer}>>`, 'latin1');
  const blank = (body: string, trailer?: string) => blankPdf(object(body, trailer))?.toString('latin1');

  test('are overwritten in place, in every version of them', () => {
    const told = '<</Author (Zhang \\(San\\) (x) \\\\) /Title <FEFF 5F20> /Trapped /False>>';
    const cleaned = blank(`${told}\nendobj\n4 0 obj <</Producer(Zhang)>>`) ?? '';
    expect(cleaned).not.toMatch(/Zhang|San|5F20/);
    expect(cleaned).toContain('/Trapped /False>>');
    expect(cleaned.length).toBe(object(`${told}\nendobj\n4 0 obj <</Producer(Zhang)>>`).length);
    expect(
      blank('<</Author(A)>>\nendobj\n5 0 obj<</Type/Metadata/Length 9>>stream\n<x>Zhang\nendstream'),
    ).not.toContain('Zhang');
  });

  test('are not touched where they cannot all be reached', () => {
    for (const body of ['<</Author 7 0 R>>', '<</Author(A)>> /Encrypt', '<</Author(A)>> /ByteRange [0]'])
      expect(blank(body), body).toBeUndefined();
    expect(blank('<</Author(A)>>', '/Info 9 0 R')).toBeUndefined();
    expect(
      blank('<</A(A)>>\nendobj\n5 0 obj<</Type/Metadata/Filter/FlateDecode>>stream\nx\nendstream'),
    ).toBeUndefined();
  });
});
