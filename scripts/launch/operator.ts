import { userInfo } from 'node:os';
import { type Actor, commandActor } from '#src/domain/actors.ts';

/** Who runs this command: the account behind `sudo` where there is one, else that of the process. */
export function operator(command: string): Actor {
  return commandActor(command, process.env.SUDO_USER ?? accountName());
}

/** An account may have a number and no name, as in containers. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'none'}`;
  }
}
