/** 32 KB: some tens of book changes. */
const SLAB_NUMBERS = 4_096;

/**
 * Copies the first `count` numbers of a room into levels of their own. An array beyond 64 bytes costs V8 an
 * allocation outside its heap, more than the whole scan of its text; so many share one buffer. Whoever sends such
 * levels to another thread copies them first.
 */
export function createLevelPacker(): (room: Float64Array, count: number) => Float64Array {
  let slab = new ArrayBuffer(0);
  let used = 0;
  return (room, count) => {
    if (count > SLAB_NUMBERS / 4) return room.slice(0, count);
    if (used + count * 8 > slab.byteLength) {
      slab = new ArrayBuffer(SLAB_NUMBERS * 8);
      used = 0;
    }
    const levels = new Float64Array(slab, used, count);
    used += count * 8;
    for (let index = 0; index < count; index++) levels[index] = room[index] as number;
    return levels;
  };
}
