/** Fetches a path of this site. @throws Error when it cannot be had */
export async function getPath(path: string): Promise<Response> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path} 取不到（${response.status}）`);
  return response;
}
