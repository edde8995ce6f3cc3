/**
 * Addresses that lead, one way or another, to machines that are nobody's business: this one, its network, its cloud.
 * Every one of them has made some project's guard look the other way.
 */
const LITERALS_V4 = [
  // This machine, in all spellings that URL parsers take.
  ...['127.0.0.1', '127.0.0.2', '127.1', '127.0.1', '127.127.127.127', '127.255.255.254'],
  ...[
    '2130706433',
    '0x7f000001',
    '0x7F.0x0.0x0.0x1',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '0177.0x0.1',
    '00177.1',
  ],
  ...[
    '127.0.0.1.',
    '2130706434',
    '3232235521',
    '0xc0a80001',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
  ],
  ...[
    '169.254.43518',
    '0xA9.0xFE.43518',
    '%31%32%37.0.0.1',
    '127%2E0.0.1',
    '①②⑦.⓪.⓪.①',
    '127。0。0。1',
    '127．0．0．1',
  ],
  ...['0.0.0.0', '0', '0x0', '00', '0.1.2.3', '0.255.255.255'],
  // Private, shared, link-local and metadata.
  ...['10.0.0.1', '10.255.255.255', '10.1', '0x0a000001', '172.16.0.1', '172.31.255.254', '172.20.10.2'],
  ...['192.168.0.1', '192.168.1.1', '192.168.255.255', '100.64.0.1', '100.100.100.200', '100.127.255.255'],
  ...[
    '169.254.0.1',
    '169.254.169.254',
    '169.254.170.2',
    '169.254.169.123',
    '169.254.255.255',
    '168.63.129.16',
  ],
  // Not for use, or not for one machine.
  ...['192.0.0.1', '192.0.0.8', '192.0.0.170', '192.0.0.192', '192.0.2.1', '198.51.100.7', '203.0.113.9'],
  ...['198.18.0.1', '198.19.255.255', '192.88.99.1', '192.31.196.1', '192.52.193.1', '192.175.48.1'],
  ...[
    '224.0.0.1',
    '224.0.0.251',
    '232.1.1.1',
    '239.255.255.250',
    '240.0.0.1',
    '250.1.2.3',
    '255.255.255.254',
  ],
  '255.255.255.255',
];

const LITERALS_V6 = [
  ...[
    '::',
    '::1',
    '0:0:0:0:0:0:0:1',
    '0000::0001',
    '::0001',
    '0:0::1',
    '::127.0.0.1',
    '::7f00:1',
    '::a00:1',
    '::2',
  ],
  // IPv4 in other clothes: mapped, translated, embedded.
  ...['::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:0:127.0.0.1', '::ffff:10.0.0.1', '::ffff:169.254.169.254'],
  ...[
    '::ffff:a9fe:a9fe',
    '0:0:0:0:0:ffff:127.0.0.1',
    '::FFFF:127.0.0.1',
    '::ffff:192.168.0.1',
    '::ffff:0.0.0.0',
  ],
  ...[
    '::ffff:100.64.0.1',
    '::ffff:168.63.129.16',
    '::ffff:172.16.0.1',
    '::ffff:224.0.0.1',
    '::ffff:255.255.255.255',
  ],
  ...['64:ff9b::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::10.0.0.1', '64:ff9b::a9fe:a9fe', '64:ff9b::8.8.8.8'],
  ...['64:ff9b:1::1', '64:ff9b:1::7f00:1', '64:ff9b:1:ffff::a00:1', '64:ff9b:1:1:1:1:1:1'],
  ...[
    '2002:7f00:1::',
    '2002:7f00:0001::1',
    '2002:a00:1::',
    '2002:c0a8:1::',
    '2002:a9fe:a9fe::',
    '2002:808:808::1',
  ],
  ...['2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2', '2001:0:7f00:1::', '2001:0:a00:1::'],
  // Local, for one site or link, for documents, for tests, for nobody.
  ...[
    'fc00::1',
    'fd00::1',
    'fd00:ec2::254',
    'fdff:ffff::1',
    'fe80::1',
    'fe80::a9fe:a9fe',
    'febf::1',
    'fec0::1',
  ],
  ...[
    'feff::1',
    'ff01::1',
    'ff02::1',
    'ff02::fb',
    'ff05::1:3',
    'ff0e::1',
    '100::1',
    '100:0:0:1::1',
    '2001:2::1',
  ],
  ...[
    '2001:10::1',
    '2001:20::1',
    '2001:db8::1',
    '3fff::1',
    '5f00::1',
    '4000::1',
    '8000::1',
    'e000::1',
    '1::1',
  ],
  ...['2620:4f:8000::1', '2001:4:112::1', '2001:3::1', '2001:1::1'],
];

/** Names and what their servers say: fixed, rebound, or several at once. */
export const INNER_NAMES: Readonly<Record<string, readonly string[]>> = {
  '127.0.0.1.nip.io': ['127.0.0.1'],
  '7f000001.nip.io': ['127.0.0.1'],
  '10.0.0.1.nip.io': ['10.0.0.1'],
  'magic-169-254-169-254.nip.io': ['169.254.169.254'],
  '192-168-1-250.sslip.io': ['192.168.1.250'],
  '--1.sslip.io': ['::1'],
  'localtest.me': ['127.0.0.1', '::1'],
  'lvh.me': ['127.0.0.1'],
  'metadata.google.internal': ['169.254.169.254'],
  'metadata.example': ['fd00:ec2::254'],
  'wire.example': ['168.63.129.16'],
  'router.example': ['192.168.0.1'],
  'cluster.example': ['10.96.0.1'],
  'carrier.example': ['100.64.7.7'],
  'link.example': ['fe80::1'],
  'zone.example': ['fe80::1%lo'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'translated.example': ['64:ff9b::7f00:1'],
  'local-translated.example': ['64:ff9b:1::a00:1'],
  'sixtofour.example': ['2002:7f00:1::1'],
  'teredo.example': ['2001:0:7f00:1::1'],
  'any.example': ['0.0.0.0'],
  'any6.example': ['::'],
  'broadcast.example': ['255.255.255.255'],
  'multicast.example': ['239.1.1.1'],
  'nonsense.example': ['not an address'],
  'mixed.example': ['93.184.215.14', '127.0.0.1'],
  'mixed-other-way.example': ['127.0.0.1', '93.184.215.14'],
  'mixed6.example': ['2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::1'],
  'mixed-families.example': ['93.184.215.14', 'fd00::1'],
  'mixed-many.example': ['93.184.215.14', '93.184.215.15', '93.184.215.16', '10.1.1.1'],
};

/** URLs that are refused for what they are, wherever they lead. */
const BAD_FORMS = [
  ...[
    'ftp://hooks.example/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:6379/_INFO',
    'dict://127.0.0.1:11211/stats',
  ],
  ...[
    'unix:/var/run/docker.sock',
    'unix:///var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/info',
  ],
  ...[
    'ws://hooks.example/',
    'wss://hooks.example/',
    'data:text/plain,hello',
    'javascript:alert(1)',
    'about:blank',
  ],
  ...[
    'blob:https://hooks.example/1',
    'ldap://127.0.0.1/',
    'jar:http://hooks.example!/',
    'mailto:a@hooks.example',
  ],
  ...[
    '//hooks.example/',
    '/hooks',
    'hooks.example',
    'hooks.example:443',
    '',
    'http://',
    'https://',
    'http:///',
    'https://?',
  ],
  ...['http://user@hooks.example/', 'http://user:word@hooks.example/', 'https://:word@hooks.example/'],
  ...[
    'http://hooks.example@127.0.0.1/',
    'http://127.0.0.1#@hooks.example/',
    'http://hooks.example%40127.0.0.1/',
  ],
  ...['http://hooks.example\\@127.0.0.1/', 'http:\\\\127.0.0.1\\', 'http://127.0.0.1\\.hooks.example/'],
  ...[
    'http://hooks.example:22/',
    'http://hooks.example:25/',
    'https://hooks.example:21/',
    'http://hooks.example:1/',
  ],
  ...[
    'http://hooks.example:0/',
    'http://hooks.example:465/',
    'http://hooks.example:993/',
    'http://hooks.example:1023/',
  ],
  ...[
    'http://hooks.example:65536/',
    'http://hooks.example:-1/',
    'http://hooks.example:port/',
    'http://hooks.example:443a/',
  ],
  ...[
    'http://hooks.example/\r\nHost: 127.0.0.1',
    'http://hooks.example/\nx',
    'http://hooks.example\r\n.127.0.0.1/',
  ],
  ...[
    'http://127.0.\n0.1/',
    'ht\ntp://127.0.0.1/',
    ' http://hooks.example/',
    'http://hooks.example/ ',
    'http://hooks .example/',
  ],
  ...[
    'http://hooks.example/\t',
    'http://hooks.example/\u0000',
    'http://hooks.example/\u007f',
    'http://hooks.example/\u2028',
  ],
  ...[
    'http://[::1',
    'http://::1/',
    'http://[fe80::1%25lo]/',
    'http://[fe80::1%lo]/',
    'http://[::ffff:127.0.0.1.]/',
  ],
  ...['http://256.256.256.256/', 'http://1.2.3.4.5/', 'http://0x100000000/', 'http://4294967296/'],
];

/** @param port where, on this machine, somebody listens who must not hear of it */
export function innerUrls(port: number): string[] {
  const hosts = [
    ...LITERALS_V4,
    ...LITERALS_V6.map((address) => `[${address}]`),
    ...Object.keys(INNER_NAMES),
  ];
  const names = ['localhost', 'LOCALHOST', 'localhost.', 'sub.localhost', 'LocalHost.'];
  return [
    ...[...hosts, ...names].map((host) => `http://${host}:${port}/hook`),
    ...['127.0.0.1', '[::1]', 'localhost', '169.254.169.254'].map((host) => `https://${host}:${port}/hook`),
    ...BAD_FORMS,
  ];
}
