import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { bootId } from './bootId.ts';
import type { KeptHome } from './keptHome.ts';

// What a kept shadow holds beside its databases; a change here needs a new number, so that those of older releases are not used.
const LAYOUT = 1;

// DBState is the fifth field, behind one of eight bytes and two of four: src/include/catalog/pg_control.h
const STATE_OFFSET = 16;
const SHUT_DOWN = 1;

/**
 * What is written when a server that waits for no disk has ended cleanly. Its data is whole then as long as the machine is not restarted:
 * what was never written to the disk is in the kernel's memory. Undefined where a restart could not be told.
 */
export async function receiptFor(binaries: Binaries, settings: Readonly<Record<string, string>>): Promise<string | undefined> {
  const boot = await bootId();
  const { version, bindir } = binaries;
  return boot === undefined ? undefined : `${JSON.stringify({ layout: LAYOUT, boot, version, bindir, settings })}\n`;
}

/** Why the server's data must not be used, as a clause for the log; undefined when it is known to be whole. */
export async function doubtsOf(home: KeptHome, receipt: string | undefined): Promise<string | undefined> {
  const found = await readFile(home.receipt, 'utf8').catch(() => undefined);
  if (found === undefined) return 'nothing says that it was stopped cleanly';
  if (found !== receipt) return 'the machine, PostgreSQL or its settings are not what they were';
  if ((await controlState(home.data).catch(() => undefined)) !== SHUT_DOWN) return 'its control file does not say that it was shut down';
  return undefined;
}

async function controlState(data: string): Promise<number> {
  const file = await open(join(data, 'global', 'pg_control'));
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, STATE_OFFSET);
    return new Int32Array(buffer.buffer, buffer.byteOffset, 1)[0] ?? 0;
  } finally {
    await file.close();
  }
}
