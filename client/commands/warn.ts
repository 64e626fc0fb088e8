import type { Output } from '../output.ts';
import { printable } from '../render/printable.ts';

/** Writes a result's warnings to standard error, each once. */
export function warn(output: Output, warnings: readonly string[]): void {
  for (const warning of new Set(warnings)) output.note(`${output.paintNote('yellow', 'warning:')} ${printable(warning)}`);
}
