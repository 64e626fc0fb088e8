import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeFrame, type Frame, FrameReader, Opcode } from '../../client/frames.ts';

const LIMIT = 1024 * 1024;

/** The same frame as a server sends it: without a mask. */
function fromServer(opcode: number, payload: Buffer, { isFinal = true } = {}): Buffer {
  const frame = encodeFrame(opcode, payload);
  const headerLength = frame.length - payload.length - 4;
  const header = Buffer.from(frame.subarray(0, headerLength));
  header.writeUInt8((isFinal ? 0x80 : 0) | opcode, 0);
  header.writeUInt8(header.readUInt8(1) & 0x7f, 1);
  return Buffer.concat([header, payload]);
}

const shown = (frames: readonly Frame[] | undefined) => frames?.map(({ opcode, isFinal, payload }) => [opcode, isFinal, payload.length]);

test('a frame is final, masked with zeros, and has the shortest form of its length', () => {
  assert.is(encodeFrame(Opcode.text, Buffer.from('hi')).toString('hex'), '8182000000006869');
  assert.is(encodeFrame(Opcode.text, Buffer.alloc(125)).subarray(0, 2).toString('hex'), '81fd');
  assert.is(encodeFrame(Opcode.text, Buffer.alloc(126)).subarray(0, 4).toString('hex'), '81fe007e');
  assert.is(encodeFrame(Opcode.text, Buffer.alloc(65535)).subarray(0, 4).toString('hex'), '81feffff');
  assert.is(encodeFrame(Opcode.text, Buffer.alloc(65536)).subarray(0, 10).toString('hex'), '81ff0000000000010000');
});

test('frames are the same however the bytes are cut', () => {
  const payloads = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(65535), 'e'.repeat(65536)].map((text) => Buffer.from(text));
  const bytes = Buffer.concat(payloads.map((payload) => fromServer(Opcode.text, payload)));
  for (const size of [1, 2, 3, 7, 1000, 65536, bytes.length]) {
    const reader = new FrameReader(LIMIT);
    const frames: Frame[] = [];
    for (let at = 0; at < bytes.length; at += size) frames.push(...(reader.push(bytes.subarray(at, at + size)) ?? []));
    assert.equal(
      frames.map(({ payload }) => payload.toString()),
      payloads.map(String),
      `in pieces of ${size}`,
    );
  }
});

test('opcodes and the end of a message are told', () => {
  const bytes = [
    fromServer(Opcode.text, Buffer.from('one '), { isFinal: false }),
    fromServer(Opcode.ping, Buffer.alloc(0)),
    fromServer(Opcode.continuation, Buffer.from('two')),
  ];
  assert.equal(shown(new FrameReader(LIMIT).push(Buffer.concat(bytes))), [
    [Opcode.text, false, 4],
    [Opcode.ping, true, 0],
    [Opcode.continuation, true, 3],
  ]);
});

test('what a server may not send is refused: a mask, reserved bits, a payload over the limit', () => {
  const refused = {
    masked: encodeFrame(Opcode.text, Buffer.from('hi')),
    compressed: Buffer.from([0xc1, 0x02, 0x68, 0x69]),
    long: fromServer(Opcode.text, Buffer.alloc(LIMIT + 1)),
    endless: Buffer.from('817fffffffffffffffff', 'hex'),
  };
  for (const [name, bytes] of Object.entries(refused)) assert.is(new FrameReader(LIMIT).push(bytes), undefined, name);
  assert.equal(shown(new FrameReader(LIMIT).push(fromServer(Opcode.text, Buffer.alloc(LIMIT)))), [[Opcode.text, true, LIMIT]]);
});

test.run();
