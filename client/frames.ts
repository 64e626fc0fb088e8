/** Frames of a WebSocket, as a client writes and reads them: https://www.rfc-editor.org/rfc/rfc6455#section-5 */

/** What a frame is for. */
export const Opcode = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

/** One frame as it came. */
export interface Frame {
  readonly opcode: number;
  /** False when the message goes on in another frame. */
  readonly isFinal: boolean;
  readonly payload: Buffer;
}

const FINAL = 0x80;
const RESERVED = 0x70;
const MASKED = 0x80;
const MASK = Buffer.alloc(4);
const SHORTEST = 2;
/** Values of the length's seven bits that say where the length is instead. */
const IN_16_BITS = 126;
const IN_64_BITS = 127;

/**
 * A message of one frame. Its mask is zero, which leaves the payload as it is: masks are there to keep proxies from being fooled, and a
 * local socket has none.
 */
export function encodeFrame(opcode: number, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.from([FINAL | opcode]), encodeLength(payload.length), MASK, payload]);
}

function encodeLength(length: number): Buffer {
  if (length < IN_16_BITS) return Buffer.from([MASKED | length]);
  const bytes = Buffer.alloc(length <= 0xffff ? 3 : 9, MASKED | (length <= 0xffff ? IN_16_BITS : IN_64_BITS));
  if (length <= 0xffff) bytes.writeUInt16BE(length, 1);
  else bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

/** Cuts a stream of bytes into frames. */
export class FrameReader {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #length = 0;
  /** With fewer bytes than these there is no need to look. */
  #needed = SHORTEST;

  /** @param maxBytes  the longest payload that is taken */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The frames that this chunk completes, or undefined when they are none that a server may send. */
  push(chunk: Buffer): readonly Frame[] | undefined {
    const frames: Frame[] = [];
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    while (this.#length >= this.#needed) {
      const bytes = Buffer.concat(this.#chunks);
      const header = readHeader(bytes, this.#maxBytes);
      if (header === undefined) return undefined;
      const { opcode, isFinal, start, end } = header;
      const isWhole = bytes.length >= end;
      if (isWhole) frames.push({ opcode, isFinal, payload: bytes.subarray(start, end) });
      this.#keep(isWhole ? bytes.subarray(end) : bytes, isWhole ? SHORTEST : end);
    }
    return frames;
  }

  #keep(rest: Buffer, needed: number): void {
    this.#chunks = [rest];
    this.#length = rest.length;
    this.#needed = needed;
  }
}

interface Header {
  readonly opcode: number;
  readonly isFinal: boolean;
  readonly start: number;
  /** Of the payload; of the header while that is not there as a whole. */
  readonly end: number;
}

function readHeader(bytes: Buffer, maxBytes: number): Header | undefined {
  const [first = 0, second = 0] = bytes;
  if ((first & RESERVED) !== 0 || (second & MASKED) !== 0) return undefined;
  const start = second === IN_64_BITS ? 10 : second === IN_16_BITS ? 4 : SHORTEST;
  const length = bytes.length < start ? 0 : lengthIn(bytes, start);
  return length > maxBytes ? undefined : { opcode: first & 0x0f, isFinal: (first & FINAL) !== 0, start, end: start + length };
}

function lengthIn(bytes: Buffer, start: number): number {
  if (start === 10) return Number(bytes.readBigUInt64BE(2));
  return start === 4 ? bytes.readUInt16BE(2) : bytes.readUInt8(1);
}
