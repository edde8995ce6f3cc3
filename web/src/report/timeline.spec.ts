import { courseOf, usualStep } from './timeline';

const PUBLISHED = '2026-11-10T09:30:00.000Z';

describe('the course of a broadcast', () => {
  it('adds up, and stays level where nothing happened', () => {
    const items = [
      { at: '2026-11-10T09:30:00.000Z', reads: 5, unfollows: 0 },
      { at: '2026-11-10T12:30:00.000Z', reads: 2, unfollows: 1 },
    ];
    expect(courseOf({ step: 'hour', items }, PUBLISHED, '2026-11-10T13:00:00.000Z')).toEqual({
      times: [9, 10, 11, 12]
        .map((hour) => `2026-11-10T${String(hour).padStart(2, '0')}:30:00.000Z`)
        .concat('2026-11-10T13:00:00.000Z'),
      reads: [0, 5, 5, 5, 7],
      unfollows: [0, 0, 0, 0, 1],
    });
  });
  it('ends now, not at the end of a step that has only begun', () => {
    const { times, reads } = courseOf({ step: 'day', items: [] }, PUBLISHED, '2026-11-10T09:31:00.000Z');
    expect(times).toEqual([PUBLISHED, '2026-11-10T09:31:00.000Z']);
    expect(reads).toEqual([0, 0]);
  });
  it('shows a read that came after the report was counted', () => {
    const items = [{ at: '2026-11-10T10:30:00.000Z', reads: 1, unfollows: 0 }];
    const { reads } = courseOf({ step: 'hour', items }, PUBLISHED, '2026-11-10T10:29:59.000Z');
    expect(reads).toEqual([0, 0, 1]);
  });
  it('is two days of hours, or thirty days', () => {
    const later = '2027-11-10T09:30:00.000Z';
    expect(courseOf({ step: 'hour', items: [] }, PUBLISHED, later).times).toHaveLength(49);
    expect(courseOf({ step: 'day', items: [] }, PUBLISHED, later).times.at(-1)).toBe(
      '2026-12-10T09:30:00.000Z',
    );
  });
  it('is shown by hours for the first two days', () => {
    expect(usualStep(PUBLISHED, '2026-11-12T09:30:00.000Z')).toBe('hour');
    expect(usualStep(PUBLISHED, '2026-11-12T09:30:00.001Z')).toBe('day');
  });
});
