import type { Composer } from 'vue-i18n'
import type { Config, Device, Endpoint } from './types'

export interface Place {
  endpoint?: Endpoint
  device?: Device
  /** What it is about, in words; the path itself where it is none of a device. */
  text: string
}

type Words = Pick<Composer, 't' | 'te'>

const settings = /(?:^|\.)settings\.(\w+)(.*)$/

/** The path of an error in words: which connection, device and tag, and which of its settings. */
export function placeOf(path: string, config: Config | null, { t, te }: Words): Place {
  const parts = /^\$\.agent\.endpoints\[(\d+)\](?:\.devices\[(\d+)\])?(?:\.tags\[(\d+)\])?\.?(.*)$/.exec(path)
  const own = /^\$\.(endpoint|device)(?:\.tags\[(\d+)\])?\.?(.*)$/.exec(path)
  const label = (rest: string) => {
    const setting = settings.exec(rest)
    if (setting?.[1] && te(`engineering.setting.${setting[1]}`)) return `${t(`engineering.setting.${setting[1]}`)}${setting[2]} (${setting[1]})`
    return setting?.[1] ? `${setting[1]}${setting[2]}` : rest
  }
  if (own) return { text: [t(`engineering.config.${own[1]}`), own[2] && t('engineering.grid.row', { row: Number(own[2]) + 1 }), own[3] && label(own[3])].filter(Boolean).join(' · ') }
  const endpoint = parts ? config?.agent?.endpoints?.[Number(parts[1])] : undefined
  if (!parts || !endpoint) return { text: path }
  const device = parts[2] === undefined ? undefined : endpoint.devices?.[Number(parts[2])]
  const tag = parts[3] === undefined ? undefined : device?.tags?.[Number(parts[3])]
  const words = [
    device ? `${t('engineering.config.device')} ${device.name}` : `${t('engineering.config.endpoint')} ${endpoint.name}`,
    tag && `${t('engineering.config.tag')} ${tag.name}`,
    parts[4] && label(parts[4]),
  ]
  return { endpoint, device, text: words.filter(Boolean).join(' · ') }
}
