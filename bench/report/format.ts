/** A time as people read it: `8.3 ms`, `412 ms`, `5.6 s`. */
export function formatMs(ms: number): string {
  if (ms >= 9_950) return `${formatCount(Math.round(ms / 1_000))} s`;
  if (ms >= 999.5) return `${(ms / 1_000).toFixed(1)} s`;
  return ms >= 9.95 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

/** How many times as much: `1.4×`, `38×`. */
export const formatRatio = (ratio: number): string => `${ratio >= 9.95 ? formatCount(Math.round(ratio)) : ratio.toFixed(1)}×`;

/** `1,000`, whatever the language of the machine is. */
export const formatCount = (count: number): string => count.toLocaleString('en-US');
