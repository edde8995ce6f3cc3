import type { TestApp } from '../../support/app';
import { setClock } from '../../support/clock';
import {
  expectStatus,
  givenBrand,
  givenDraft,
  givenFollower,
  givenScheduled,
  type Brand,
} from '../../support/given';
import { tick } from '../../support/publishing';

/**
 * From 10 March 2027 on: every kind of life that a broadcast can have, a grant, and a change of calendars. The account of
 * most of it.
 */
export async function givenLives(test: TestApp): Promise<Brand> {
  await setClock(test.database, '2027-03-10T11:00:00Z');
  const brand = await givenBrand(test, 'service');
  await givenFollower(test, brand);
  const post = (path: string, body: object = {}) => brand.owner.post(brand.path(`/broadcasts/${path}`), body);
  await givenScheduled(brand, { now: true });
  const { id: recalled } = await givenScheduled(brand, { now: true });
  await tick(test);
  expectStatus(200, await post(`${recalled}/recall`));
  const { id: moved } = await givenScheduled(brand, { at: '2027-04-10T12:00:00Z' });
  expectStatus(200, await post(`${moved}/schedule`, { at: '2027-05-10T12:00:00Z' }));
  const { id: cancelled } = await givenScheduled(brand, { at: '2027-04-11T12:00:00Z' });
  expectStatus(200, await post(`${cancelled}/cancel`));
  const { id: deleted } = await givenDraft(brand);
  expectStatus(204, await brand.owner.delete(brand.path(`/broadcasts/${deleted}`)));
  const grant = { period: '2027-03', slots: 2, reason: 'Thanks' };
  expectStatus(201, await test.admin.post(`/admin/quota/${brand.id}/grants`, grant));

  const missed = await givenBrand(test, 'subscription');
  await givenScheduled(missed, { now: true });
  expectStatus(200, await test.admin.post(`/admin/accounts/${missed.id}/suspend`, {}));
  await tick(test);

  // On the other side of the date line it is still yesterday, whose slot it has not used.
  const moving = await givenBrand(test, 'subscription', { timeZone: 'Pacific/Kiritimati' });
  await givenScheduled(moving, { now: true });
  await tick(test);
  expectStatus(200, await moving.owner.patch(moving.path(), { timeZone: 'Pacific/Pago_Pago' }));
  await setClock(test.database, '2027-03-11T12:00:00Z');
  await givenScheduled(moving, { now: true });
  await tick(test);
  return brand;
}
