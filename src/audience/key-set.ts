const FIRST_SLOTS = 4_096;
/** 32 MiB: three million keys. */
const MAX_SLOTS = 4_194_304;
const MAX_LOAD = 0.75;

/**
 * A set of numbers of 64 bits in little memory: 8 bytes a slot, and never more than MAX_SLOTS. When it is full it
 * forgets what it knew and begins again.
 */
export class KeySet {
  private slots = new BigUint64Array(FIRST_SLOTS);
  private size = 0;

  /** Whether the key is new to the set. */
  add(key: bigint): boolean {
    // Zero marks a free slot.
    const kept = key === 0n ? 1n : key;
    let slot = Number(kept % BigInt(this.slots.length));
    while (this.slots[slot] !== 0n) {
      if (this.slots[slot] === kept) return false;
      slot = (slot + 1) % this.slots.length;
    }
    this.slots[slot] = kept;
    this.size += 1;
    if (this.size > this.slots.length * MAX_LOAD) this.grow();
    return true;
  }

  private grow(): void {
    const { slots } = this;
    this.size = 0;
    if (slots.length >= MAX_SLOTS) {
      this.slots = new BigUint64Array(FIRST_SLOTS);
      return;
    }
    this.slots = new BigUint64Array(slots.length * 2);
    for (const key of slots) if (key !== 0n) this.add(key);
  }
}
