import { connect, type Socket } from 'node:net';
import { encodeFrame, type Frame, FrameReader, Opcode } from './frames.ts';

const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8]);
const NOBODY = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

// The nonce and its answer of https://www.rfc-editor.org/rfc/rfc6455#section-1.3. A nonce keeps caches between the two ends from
// answering; a local socket has none, and for a nonce of its own a client would need node:crypto to know the answer.
const NONCE = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = '\r\n\r\n';
const REQUEST = [
  'GET / HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${NONCE}${HEAD_END}`,
].join('\r\n');

/**
 * Opens a WebSocket on a local socket.
 * @returns undefined when nobody listens there, or whoever did is just ending
 * @throws Error  when the answer is not a WebSocket's
 */
export function openWebSocket(path: string): Promise<LocalWebSocket | undefined> {
  const socket = connect(path);
  socket.write(REQUEST);
  return new Promise((resolve, reject) => {
    socket.once('error', (error: NodeJS.ErrnoException) => (NOBODY.includes(error.code ?? '') ? resolve(undefined) : reject(error)));
    socket.once('close', () => resolve(undefined));
    readHead(socket, (head) => {
      const refusal = refusalIn(head);
      if (refusal === undefined) return resolve(new LocalWebSocket(socket));
      reject(new Error(refusal));
      socket.destroy();
    });
  });
}

/** Calls back with the lines before the first empty one; what comes after them stays in the socket, which is paused. */
function readHead(socket: Socket, done: (head: string) => void): void {
  let head = '';
  const read = (chunk: Buffer) => {
    head += chunk.toString('latin1');
    const end = head.indexOf(HEAD_END);
    if (end < 0 && head.length < MAX_HEAD_BYTES) return;
    socket.off('data', read).pause();
    if (end >= 0) socket.unshift(Buffer.from(head.slice(end + HEAD_END.length), 'latin1'));
    done(head);
  };
  socket.on('data', read);
}

function refusalIn(head: string): string | undefined {
  const status = /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1];
  if (status !== '101') return `Unexpected server response: ${status ?? 'not HTTP'}`;
  const accept = /\r\nsec-websocket-accept: *(\S*)\r\n/i.exec(head)?.[1];
  return accept === ACCEPT ? undefined : 'Invalid Sec-WebSocket-Accept header';
}

/**
 * The client's end of a WebSocket on a local socket, for texts. Written by hand because `ws`, which is made for the internet, loads HTTP
 * and cryptography before it sends a byte: that took as long as all else that a command does.
 */
export class LocalWebSocket {
  /** Settles when the connection has ended, whoever ended it. */
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #reader = new FrameReader(MAX_MESSAGE_BYTES);
  #onText: (text: string) => void = () => undefined;
  #parts: Buffer[] = [];
  #partsLength = 0;
  #isClosing = false;

  /** @param socket  on which the handshake is done, paused */
  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => this.#read(chunk));
  }

  get isOpen(): boolean {
    return !this.#isClosing && this.#socket.writable;
  }

  /** Begins to read, and calls the listener with every text. */
  listen(onText: (text: string) => void): void {
    this.#onText = onText;
    this.#socket.resume();
  }

  send(text: string): void {
    this.#socket.write(encodeFrame(Opcode.text, Buffer.from(text)));
  }

  /** Says goodbye and ends the connection, without waiting for the other side to say it too. */
  close(): void {
    this.#leave(NORMAL_CLOSURE);
  }

  /** Ends the connection without a farewell. */
  terminate(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const frames = this.#reader.push(chunk);
    if (frames === undefined) this.terminate();
    else for (const frame of frames) this.#take(frame);
  }

  #take({ opcode, isFinal, payload }: Frame): void {
    if (opcode === Opcode.text || opcode === Opcode.continuation) this.#takeText(payload, isFinal);
    else if (opcode === Opcode.ping) this.#socket.write(encodeFrame(Opcode.pong, payload));
    else if (opcode === Opcode.close) this.#leave(payload);
    else if (opcode !== Opcode.pong) this.terminate();
  }

  #takeText(part: Buffer, isLast: boolean): void {
    this.#parts.push(part);
    this.#partsLength += part.length;
    if (this.#partsLength > MAX_MESSAGE_BYTES) this.terminate();
    else if (isLast) this.#onText(this.#takeParts().toString());
  }

  #takeParts(): Buffer {
    const whole = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#partsLength = 0;
    return whole;
  }

  #leave(reason: Buffer): void {
    if (this.isOpen) this.#socket.write(encodeFrame(Opcode.close, reason));
    this.#isClosing = true;
    this.#socket.destroySoon();
  }
}
