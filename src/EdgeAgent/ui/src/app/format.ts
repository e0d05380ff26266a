import { language } from './i18n'

const absent = '—'
const locale = () => (language.value === 'zh' ? 'zh-CN' : 'en-GB')

/** Numbers, shares, times and sizes as both languages write them. Every one gives a dash for what is absent. */
export const format = {
  number(value: number | null | undefined, digits = 0): string {
    return value == null ? absent : value.toLocaleString(locale(), { minimumFractionDigits: 0, maximumFractionDigits: digits })
  },

  /** 0.6842 → 68.42 %. */
  percent(share: number | null | undefined, digits = 2): string {
    return share == null || !Number.isFinite(share) ? absent : `${(share * 100).toFixed(digits)} %`
  },

  /** An ISO time or milliseconds since 1970, in this browser's time zone: 2026-11-22 18:05:09. */
  time(at: string | number | null | undefined): string {
    return at == null || at === '' ? absent : `${format.date(at)} ${format.clock(at)}`
  },

  date(at: string | number | null | undefined): string {
    if (at == null || at === '') return absent
    const d = new Date(at)
    return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`
  },

  clock(at: string | number | null | undefined): string {
    if (at == null || at === '') return absent
    const d = new Date(at)
    return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`
  },

  /** 350 ms, 12 s, 5 min, 3 h, 2 d: the largest unit that says enough. */
  duration(ms: number | null | undefined): string {
    if (ms == null || !Number.isFinite(ms)) return absent
    const zh = language.value === 'zh'
    const abs = Math.abs(ms)
    if (abs < 1000) return `${Math.round(ms)} ${zh ? '毫秒' : 'ms'}`
    if (abs < 90_000) return `${trim(ms / 1000)} ${zh ? '秒' : 's'}`
    if (abs < 5_400_000) return `${trim(ms / 60_000)} ${zh ? '分' : 'min'}`
    if (abs < 172_800_000) return `${trim(ms / 3_600_000)} ${zh ? '小时' : 'h'}`
    return `${trim(ms / 86_400_000)} ${zh ? '天' : 'd'}`
  },

  /** How long ago, from an ISO time to now. */
  age(at: string | number | null | undefined, nowMs = Date.now()): string {
    if (at == null || at === '') return absent
    const ms = Math.max(0, nowMs - new Date(at).getTime())
    const text = format.duration(ms < 1000 ? 0 : ms)
    return ms < 1000 ? (language.value === 'zh' ? '刚刚' : 'just now') : language.value === 'zh' ? `${text}前` : `${text} ago`
  },

  bytes(count: number | null | undefined): string {
    if (count == null) return absent
    const units = ['B', 'kB', 'MB', 'GB', 'TB']
    let value = count
    let unit = 0
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000
      unit++
    }
    return `${unit === 0 ? value : value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
  },
}

const two = (value: number): string => String(value).padStart(2, '0')
const trim = (value: number): string => (Math.abs(value) < 10 ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value).toString())
