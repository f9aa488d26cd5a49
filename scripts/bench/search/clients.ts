import { Agent, request } from 'undici';

/** Asks one question over the connections of an agent. @throws Error when the answer is not the one wanted. */
export type Ask = (agent: Agent, number: number) => Promise<void>;

/**
 * So many clients ask one question after the other for so many seconds. `start` numbers the first question.
 * Returns the milliseconds of every answer.
 */
export async function runClients(clients: number, seconds: number, start: number, ask: Ask): Promise<number[]> {
  const agent = new Agent({ connections: clients, pipelining: 1 });
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  let number = start;
  const work = async () => {
    while (performance.now() < until) {
      const began = performance.now();
      await ask(agent, number++);
      times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, work));
  await agent.close();
  return times;
}

/** Sends a request and checks that the answer is 200 and holds a text. */
export async function expectAnswer(
  agent: Agent,
  url: string,
  holds: string,
  post?: { body: string; headers: Record<string, string> },
): Promise<void> {
  const { statusCode, body } = await request(url, { dispatcher: agent, ...(post ? { method: 'POST', ...post } : {}) });
  const text = await body.text();
  if (statusCode !== 200 || !text.includes(holds))
    throw new Error(`${url} answers ${statusCode}: ${text.slice(0, 200)}`);
}
