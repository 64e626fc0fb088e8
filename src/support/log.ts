import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { type Logger, pino, stdSerializers } from 'pino';

export type { Logger };

const MAX_LOG_BYTES = 5 * 1024 * 1024;

/**
 * A logger for operators: one JSON line per event, appended to a file that only this user reads.
 * When the file has grown over 5 MiB it becomes `FILE.1`, and a new one is begun.
 * Passwords in URLs are struck out of every line, whatever field they came in; a log line never holds SQL values.
 */
export function openLog(file: string, options: { maxBytes?: number; level?: string } = {}): Logger {
  const destination = new RotatingFile(file, options.maxBytes ?? MAX_LOG_BYTES);
  const level = options.level ?? 'info';
  return pino(
    { level, base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: errorFields } },
    destination,
  );
}

/** A logger that says nothing. */
export function silentLog(): Logger {
  return pino({ level: 'silent' });
}

/** A server's `detail` may quote a row (`Key (email)=(...)`) and its parameters are values: neither is kept. */
function errorFields(error: Error): object {
  const { type, message, stack } = stdSerializers.err(error);
  return { type, message, stack };
}

/** Writes synchronously, so that the last line before a crash is there. */
class RotatingFile {
  readonly #file: string;
  readonly #maxBytes: number;
  #handle: number;
  #bytes: number;

  constructor(file: string, maxBytes: number) {
    this.#file = file;
    this.#maxBytes = maxBytes;
    this.#handle = openSync(file, 'a', 0o600);
    this.#bytes = fstatSync(this.#handle).size;
  }

  write(line: string): void {
    try {
      if (this.#bytes > this.#maxBytes) this.#rotate();
      this.#bytes += writeSync(this.#handle, withoutPasswords(line));
    } catch {
      // A full disk or a removed folder must not end the work that is being logged.
    }
  }

  #rotate(): void {
    renameSync(this.#file, `${this.#file}.1`);
    closeSync(this.#handle);
    this.#handle = openSync(this.#file, 'a', 0o600);
    this.#bytes = 0;
  }
}

/** The text with every password in a URL or a `password=` setting replaced by `***`, wherever in the text it stands. */
export function withoutPasswords(text: string): string {
  return text.replace(/\b([a-z][a-z+]*:\/\/[^\s:@/?"']*:)[^\s"']*(?=@)/gi, '$1***').replace(/((?:ssl)?password=)[^\s&"'\\]+/gi, '$1***');
}
