/** The promise's result; rejects when that takes longer than the limit. */
export async function withLimit<T>(
  promise: Promise<T>,
  { limitMs, what }: { readonly limitMs: number; readonly what: string },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within ${limitMs / 1_000} s`)), limitMs);
  });
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
