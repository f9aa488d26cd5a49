import { keepTyped } from '#src/server/pages/staff/drafts/keep.ts';

export { keepTyped as POST };
