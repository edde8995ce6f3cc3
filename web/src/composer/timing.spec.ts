import { actionFor, scheduleFor } from './timing';

const eight = '2026-11-24T08:00:00.000Z';
const nine = '2026-11-24T09:00:00.000Z';

it('a time is asked for where it is another one than before', () => {
  expect(scheduleFor({ how: 'at', at: nine }, eight)).toEqual({ at: nine });
  expect(scheduleFor({ how: 'at', at: eight }, eight)).toBeUndefined();
  expect(scheduleFor({ how: 'at', at: null }, null)).toBeUndefined();
  expect(scheduleFor({ how: 'queue' }, eight)).toEqual({ queue: true });
  expect(scheduleFor({ how: 'now' }, null)).toEqual({ now: true });
});

it('the main button says what it does', () => {
  expect(actionFor({ how: 'at', at: null }, false)).toBe('schedule');
  expect(actionFor({ how: 'at', at: eight }, true)).toBe('saveChanges');
  expect(actionFor({ how: 'queue' }, true)).toBe('addToQueue');
  expect(actionFor({ how: 'now' }, false)).toBe('publishNow');
});
