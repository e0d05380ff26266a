import type zh from './zh'

const en: typeof zh = {
  title: 'About',
  subtitle: 'Collects data from machines without losing a reading, and computes from it which equipment is networked and digital.',
  program: 'Program',
  version: 'Version',
  site: 'Site',
  enterprise: 'Enterprise',
  address: 'Address of these pages',
  browser: "This browser's time",
  health: 'Health',
  ready: 'Ready',
  notReady: 'Not ready',
  reasons: 'Reasons',
  interfaces: 'Interfaces',
  openapi: 'REST API (OpenAPI document)',
}

export default en
