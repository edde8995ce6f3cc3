export const broadcasts = {
  text: 'Everything that was written, the latest first.',
  search: 'Search in texts and titles',
  status: 'Status',
  anyStatus: 'Any status',
  kind: 'Kind',
  anyKind: 'Any kind',
  reads: '{{reads}} of {{recipients}} read it',
  none: 'Nothing written yet',
  noneText: 'What you write, schedule and publish is listed here.',
  noneFound: 'Nothing was found',
  noneFoundText: 'Try a shorter word, or any status and kind.',
};
