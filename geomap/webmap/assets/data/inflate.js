/**
 * Unpacking in one go (RFC 1950, 1951): the browser's own way takes turns with the page, so that the first
 * paint would come after the page is said to be loaded.
 */

/** Order in which the lengths of the codes of code lengths stand. */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** Least value and further bits of the symbols of lengths (from 257 on) and of distances. */
const LENGTH_BASE = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCE_BASE = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];
const DISTANCE_BITS = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];

/** Bytes that data may come to: no map has as many. */
const MOST_INFLATED = 2 ** 28;

/** The longest code, in bits. */
const LONGEST_CODE = 15;

/**
 * A table from the next bits of the input to `16 * symbol + length` of the code that they begin with.
 * @param {ArrayLike<number>} lengths of the code of each symbol, 0 for none
 */
function makeCodes(lengths) {
  const longest = Math.max(1, ...Array.from(lengths));
  const table = new Int32Array(2 ** longest).fill(-1);
  let code = 0;
  for (let length = 1; length <= longest; length += 1, code *= 2) {
    for (let symbol = 0; symbol < lengths.length; symbol += 1) {
      if (lengths[symbol] !== length) continue;
      let turned = 0; // codes come with their first bit first
      for (let bit = 0; bit < length; bit += 1) turned |= ((code >> bit) & 1) << (length - 1 - bit);
      for (let at = turned; at < table.length; at += 2 ** length) table[at] = 16 * symbol + length;
      code += 1;
    }
  }
  return { table, mask: table.length - 1 };
}

const FIXED_LENGTHS = Uint8Array.from({ length: 288 }, (_, symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8));
const FIXED_DISTANCES = new Uint8Array(30).fill(5);

/** Bits of some bytes, from the lowest on. @param {Uint8Array} input @param {number} at the byte to begin at */
function makeBits(input, at) {
  let [held, count] = [0, 0];
  const need = (bits) => {
    for (; count < bits; count += 8) {
      held |= (input[at] ?? 0) << count;
      at += 1;
    }
    if (at > input.length + 4) throw new Error("the data of this page is cut short");
  };
  const drop = (bits) => {
    held >>>= bits;
    count -= bits;
  };
  return {
    take(bits) {
      need(bits);
      const value = held & ((1 << bits) - 1);
      drop(bits);
      return value;
    },
    symbol({ table, mask }) {
      need(LONGEST_CODE);
      const found = table[held & mask];
      if (found < 0) throw new Error("the data of this page is damaged");
      drop(found & 15);
      return found >> 4;
    },
    /** Leave the rest of a byte, and return where the next one is. */
    align() {
      drop(count & 7);
      at -= count >> 3;
      [held, count] = [0, 0];
      return at;
    },
    skip(bytes) { at += bytes; },
  };
}

/** The codes of a block that brings its own. */
function readCodes(bits) {
  const [literals, distances, own] = [bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4];
  const ownLengths = new Uint8Array(19);
  for (let n = 0; n < own; n += 1) ownLengths[LENGTH_ORDER[n]] = bits.take(3);
  const codes = makeCodes(ownLengths);
  const lengths = new Uint8Array(literals + distances);
  for (let n = 0; n < lengths.length;) {
    const symbol = bits.symbol(codes);
    if (symbol < 16) {
      lengths[n] = symbol;
      n += 1;
      continue;
    }
    const before = symbol === 16 ? lengths[n - 1] : 0;
    const times = symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    lengths.fill(before, n, n + times);
    n += times;
  }
  return { literal: makeCodes(lengths.subarray(0, literals)), distance: makeCodes(lengths.subarray(literals)) };
}

/**
 * The bytes that some others were deflated from.
 * @param {Uint8Array} input with the two bytes of a zlib head
 * @returns {Uint8Array}
 */
function inflateBytes(input) {
  let output = new Uint8Array(4 * input.length + 1024);
  let length = 0;
  const bits = makeBits(input, 2);
  const grow = (more) => {
    if (length + more <= output.length) return;
    if (output.length > MOST_INFLATED) throw new Error("the data of this page is damaged");
    const larger = new Uint8Array(2 * output.length + more);
    larger.set(output);
    output = larger;
  };
  for (let isLast = 0; isLast === 0;) {
    isLast = bits.take(1);
    const kind = bits.take(2);
    if (kind === 0) {
      const at = bits.align();
      const size = input[at] + 256 * input[at + 1];
      grow(size);
      output.set(input.subarray(at + 4, at + 4 + size), length);
      length += size;
      bits.skip(4 + size);
      continue;
    }
    const { literal, distance } = kind === 1 ? { literal: makeCodes(FIXED_LENGTHS), distance: makeCodes(FIXED_DISTANCES) } : readCodes(bits);
    for (let symbol = bits.symbol(literal); symbol !== 256; symbol = bits.symbol(literal)) {
      grow(258);
      if (symbol < 256) {
        output[length] = symbol;
        length += 1;
        continue;
      }
      const times = LENGTH_BASE[symbol - 257] + bits.take(LENGTH_BITS[symbol - 257]);
      const far = bits.symbol(distance);
      const back = DISTANCE_BASE[far] + bits.take(DISTANCE_BITS[far]);
      if (back > length) throw new Error("the data of this page is damaged");
      for (let n = 0; n < times; n += 1, length += 1) output[length] = output[length - back];
    }
  }
  return output.subarray(0, length);
}
