import { useI18n } from 'vue-i18n'
import type { Resource } from '@/app/resource'
import { told } from './assessed'
import type { Assessment, DeviceResult } from './model'

export type RateKey = 'networking' | 'digitalization'

/** Whether a device counts for a rate and why not: for networking by the reason codes of the engine, for digitalization by what shows that it is digital. */
export function useVerdicts(assessment: Resource<Assessment>) {
  const { t, te } = useI18n()
  const counts = (rate: RateKey, device: DeviceResult): boolean => (rate === 'networking' ? device.networked : device.digital === 'evidenced' || device.digital === 'observed')
  const codes = (rate: RateKey, device: DeviceResult): string[] => (rate === 'networking' ? device.reasons : counts(rate, device) ? [] : [`digital-${device.digital}`])
  const text = (code: string): string => {
    const known = assessment.data.value?.texts.reasons[code]
    return known ? told(known) : te(`assessment.devices.digitalReasons.${code}`) ? t(`assessment.devices.digitalReasons.${code}`) : code
  }
  /** What stands before the colon says it in a word or two. */
  const short = (code: string): string => (text(code).split(/：/)[0] ?? code)
  return { counts, codes, text, short }
}
