import { readdirSync, readFileSync } from 'node:fs';

/** The processes that a process has started, and those that they have, by pid. */
export function descendants(pid: number): readonly number[] {
  const children = Map.groupBy(processes(), ({ parent }) => parent);
  const under = (parent: number): readonly number[] => (children.get(parent) ?? []).flatMap((child) => [child.pid, ...under(child.pid)]);
  return under(pid);
}

function processes(): readonly { readonly pid: number; readonly parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const parent = parentOf(name);
      return parent === undefined ? [] : [{ pid: Number(name), parent }];
    });
}

/** Undefined for one that has ended meanwhile. */
function parentOf(pid: string): number | undefined {
  try {
    // The second field is the name in brackets, which may hold anything; then come the state and the parent.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[1]);
  } catch {
    return undefined;
  }
}
