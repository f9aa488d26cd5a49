import type { Asked, Moved } from '../../asked.ts';
import { answerSealed } from '../sealed-file.ts';
import { visiting } from '../visit.ts';

/** A file by which a decision is proved. @throws ForbiddenError, NotFoundError */
export function loadEvidence(asked: Asked): Promise<Response | Moved> {
  const { id = '', sha256 = '' } = asked.params;
  return visiting(
    asked,
    async ({ evidence, session }): Promise<Response | Moved> =>
      answerSealed(asked, await evidence.open(session, id, sha256)),
  );
}
