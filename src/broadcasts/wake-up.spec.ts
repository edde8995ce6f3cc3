import { isDueBeforeNextTick, wakeUpDelayMs } from './wake-up';

describe('waking up for the next broadcast that is due', () => {
  it('waits for its instant, and a millisecond more', () => {
    expect(wakeUpDelayMs(420.2)).toBe(422);
  });

  it('leaves to the next tick what is due after it', () => {
    expect(wakeUpDelayMs(1_501)).toBeUndefined();
    expect(wakeUpDelayMs(null)).toBeUndefined();
  });

  it('never loops without a pause, even where the clock stands still', () => {
    expect(wakeUpDelayMs(0.001)).toBe(5);
    expect(wakeUpDelayMs(-3)).toBe(5);
  });

  it('has to be told of a broadcast that is due before the next tick sees it', () => {
    const now = new Date('2026-12-01T09:00:00.100Z');
    expect(isDueBeforeNextTick(new Date('2026-12-01T09:00:00.600Z'), now)).toBe(true);
    expect(isDueBeforeNextTick(now, now)).toBe(true);
    expect(isDueBeforeNextTick(new Date('2026-12-01T09:00:05Z'), now)).toBe(false);
  });
});
