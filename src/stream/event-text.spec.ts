import {
  bookmark,
  broadcastEvent,
  heartbeat,
  parseBookmark,
  recallEvent,
  resetEvent,
  retryAfter,
} from './event-text';

describe('the text of the stream', () => {
  it('gives a broadcast its place as id, and all of it on one line', () => {
    const text = broadcastEvent({ id: 'b', text: 'Rye\nand\r\nspelt' }, 4711).toString();
    expect(text).toBe('event: broadcast\nid: 4711\ndata: {"id":"b","text":"Rye\\nand\\r\\nspelt"}\n\n');
  });

  it('leaves the bookmark alone where an event has no place', () => {
    expect(recallEvent({ id: 'b', accountId: 'a' }).toString()).toBe(
      'event: recall\ndata: {"id":"b","accountId":"a"}\n\n',
    );
    expect(resetEvent('slow-reader').toString()).toBe('event: reset\ndata: {"reason":"slow-reader"}\n\n');
  });

  it('moves the bookmark without an event', () => {
    expect(bookmark(5).toString()).toBe('id: 5\n\n');
    expect(heartbeat(5).toString()).toBe(': alive\nid: 5\n\n');
    expect(heartbeat().toString()).toBe(': alive\n\n');
    expect(resetEvent('too-old', 5).toString()).toBe('event: reset\nid: 5\ndata: {"reason":"too-old"}\n\n');
  });

  it('says in whole milliseconds when to come back', () => {
    expect(retryAfter(1234.5678).toString()).toBe('retry: 1235\n\n');
  });

  it.each([
    [undefined, undefined],
    ['', undefined],
    ['0', 0],
    ['4711', 4711],
    ['-1', NaN],
    ['4711a', NaN],
    ['1e3', NaN],
    ['9'.repeat(16), NaN],
  ])('takes the bookmark %j for %j', (text, place) => {
    expect(parseBookmark(text)).toEqual(place);
  });
});
