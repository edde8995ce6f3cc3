import { startTestApp, type TestApp } from '../support/app';
import { expectStatus, givenBrand } from '../support/given';
import { WebhookReceiver } from '../support/webhook-receiver';
import { type ClusterNode, FanfareCluster } from './rig/fanfare-cluster';
import { Journal } from './rig/journal';
import { prng, seedOf } from './rig/seed';
import { isShort } from './rig/size';
import { UnderFault } from './rig/under-fault';
import { eventually } from '../support/eventually';

const ROUNDS = 2;
const WRITERS = 5;
/** In seconds: half a minute without a word, and then the requests that were waiting for those. */
const WELL_WITHIN = 40;

const seed = seedOf('silence');
const journal = new Journal('silence', seed);

/** Each round takes as long as a process waits; the suite that runs with every change has a shorter one of one query. */
(isShort ? describe.skip : describe)('a process whose database is gone without a word', () => {
  let test: TestApp;
  let cluster: FanfareCluster;
  let node: ClusterNode;
  let process: UnderFault;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    test = await startTestApp({ outboundAllow: ['127.0.0.0/8'], outboundAllowBrands: ['127.0.0.0/8'] });
    receiver = await WebhookReceiver.start();
    cluster = await FanfareCluster.start(test.url, {
      environment: { OUTBOUND_ALLOW: '127.0.0.0/8', OUTBOUND_ALLOW_BRANDS: '127.0.0.0/8' },
    });
    [node] = cluster.nodes as [ClusterNode];
    process = new UnderFault(node, test.database, prng(seed), journal);
  });
  afterAll(() => process.stop());
  afterAll(() => cluster.stop());
  afterAll(() => receiver.stop());
  afterAll(() => test.stop());
  afterAll(() => {
    journal.print();
  });

  it('gives it up and works with another connection, as do its jobs', async () => {
    const brand = await givenBrand(test);
    const asked = await brand.owner.post<{ id: string }>(brand.path('/webhooks'), {
      url: receiver.url('/hook'),
    });
    const tryIt = brand.path(`/webhooks/${expectStatus(201, asked).body.id}/test`);
    for (let round = 1; round <= ROUNDS; round += 1) {
      await process.beginWriting(WRITERS);
      const begun = performance.now();
      node.proxy.halfOpen('server');
      await process.expectTold(begun, 'gone without a word');
      await process.expectWell(begun, WELL_WITHIN, 'gone without a word');
      await process.expectNothingLost();
      expectStatus(202, await brand.owner.post(tryIt));
      await eventually(() => receiver.at('/hook').length >= round, { seconds: WELL_WITHIN });
      journal.did('silences');
      journal.checked('webhooks delivered afterwards');
    }
  });
});
