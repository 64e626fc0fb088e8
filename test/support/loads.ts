import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What a program's process loaded until it ended. */
export interface Loads {
  readonly status: number | null;
  readonly stderr: string;
  /** Absolute, in the order of loading. */
  readonly files: readonly string[];
  /** Node's own modules, the internal ones too, e.g. `net`. */
  readonly builtins: readonly string[];
}

/** Runs a program and returns what its own process loaded. */
export function loadsOf(program: string, args: readonly string[], options: { cwd: string; env?: NodeJS.ProcessEnv }): Loads {
  const folder = mkdtempSync(join(tmpdir(), 'fastpyd-loads-'));
  const record = join(folder, 'loads.json');
  try {
    const { status, stderr } = spawnSync(process.execPath, ['--require', join(import.meta.dirname, 'recordLoads.cjs'), program, ...args], {
      cwd: options.cwd,
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: '', ...options.env, RECORD_LOADS: record },
    });
    const { files, builtins } = JSON.parse(readFileSync(record, 'utf8')) as { files: readonly string[]; builtins: readonly string[] };
    return {
      status,
      stderr,
      files: files.map((url) => fileURLToPath(url.replace(/[?#].*$/, ''))),
      builtins: builtins.map((name) => name.replace('NativeModule ', '')),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
