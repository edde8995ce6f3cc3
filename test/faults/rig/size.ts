/** How much of something: FAULTS=short, which is what runs with every change, takes the first, anything else the second. */
export function size(short: number, full: number): number {
  return isShort ? short : full;
}

export const isShort = process.env.FAULTS === 'short';
