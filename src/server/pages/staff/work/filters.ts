import { z } from 'zod';
import { safeNext } from '#src/domain/staff/urls.ts';
import { readFormFields } from '../../../form-fields.ts';
import type { Asked, Moved } from '../../asked.ts';
import { seeOther } from '../../asked.ts';
import { parse } from '../accounts.ts';
import { visiting } from '../visit.ts';

const KEEP = z.object({
  name: z.string('请给它起个名字').trim().min(1, '请给它起个名字').max(40, '名字太长'),
  href: z.string().max(500, '地址太长'),
});
const DROP = z.object({ drop: z.coerce.number('没有这一项').int(), href: z.string().default('') });

/** Keeps an address of the console under a name, or forgets one, and goes back to it. @throws InputError */
export function keepFilter(asked: Asked): Promise<Moved> {
  return visiting(asked, async ({ work, session }) => {
    const values = await readFormFields(asked.request);
    if ('drop' in values) {
      const { drop, href } = parse(DROP, values);
      await work.dropFilter(session, drop);
      return seeOther(safeNext(href));
    }
    const filter = parse(KEEP, values);
    await work.keepFilter(session, filter);
    return seeOther(safeNext(filter.href));
  });
}
