import type { SubscriberTokenView } from '../audience/subscriber-tokens.dto';
import { reader } from './brands';
import type { Client } from './client';
import type { Brand } from './opening';
import { good, say } from './screen';

const AT_ONCE = 8;

/** Many of those who follow open the thread, as on any morning, so that the figures say something. */
export async function letThemRead(api: Client, admin: Client, brand: Brand, readers: number): Promise<void> {
  const waiting = Array.from({ length: readers }, (_, index) => reader(2 * index + 1));
  const readOn = async (): Promise<void> => {
    for (let sub = waiting.pop(); sub !== undefined; sub = waiting.pop()) {
      const { token } = await admin.post<SubscriberTokenView>('/admin/subscriber-tokens', { sub });
      await api.as(token).post(`/me/inbox/${brand.account.id}/read`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, readOn));
  say(`${good('✓')} ${String(readers)} more people open the thread of ${brand.account.handle}`);
}
