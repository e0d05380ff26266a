import type zh from './zh'

const en: typeof zh = {
  title: 'Trends',
  subtitle: 'Up to 8 tags, from seconds to months; no line is drawn over a gap.',
  search: 'Search tags or devices',
  tags: 'Tags',
  allDevices: 'Show all devices',
  chosen: '{count} of {most} chosen',
  more: '{count} more; narrow the search.',
  none: 'No tags.',
  choose: 'Choose tags from the list',
  csv: 'Export CSV',
  range: 'Range of time',
  ranges: { m10: '10 min', h1: '1 h', h8: '8 h', d1: '1 d', d7: '7 d', d30: '30 d', d180: '6 months' },
  earlier: 'Earlier',
  later: 'Later',
  badBand: 'bad readings',
  uncertainBand: 'uncertain readings',
  gapBand: 'missing (no line)',
  summary: '{name}: {points} points, {gaps} gaps, {bands} bands of other quality.',
}

export default en
