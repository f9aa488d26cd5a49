import { z } from 'zod';

/** Why something is decided, as every form asks for it. */
export const reasonField = z.string('请写明原因').trim().min(2, '请写明原因').max(300, '原因不能超过 300 个字');
