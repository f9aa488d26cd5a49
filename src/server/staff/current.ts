import { NotFoundError } from '#src/domain/errors.ts';
import type { StaffDesk } from '#src/staff/desk.ts';

let current: StaffDesk | undefined;

/** What the console does, where this process is the staff role's. @throws NotFoundError in every other */
export function currentDesk(): StaffDesk {
  if (!current) throw new NotFoundError('没有这个页面');
  return current;
}

/** Called once, before the first request, by the staff role alone. */
export function useDesk(desk: StaffDesk): void {
  current = desk;
}
