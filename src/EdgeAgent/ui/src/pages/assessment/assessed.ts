import { computed, ref } from 'vue'
import { api } from '@/app/api'
import { language } from '@/app/i18n'
import { useResource, type Resource } from '@/app/resource'
import type { Assessment, Bilingual } from './model'

/** The instant that all pages of the area are about; empty is now. */
export const asOf = ref('')

/** The assessment; asks again each half minute, which is when the program makes a newer one. */
export function useAssessment(): Resource<Assessment> {
  return useResource((signal) => api.get<Assessment>('/api/assess/result', { query: { asOf: asOf.value || undefined }, signal }), { everyMs: 30_000, watch: asOf })
}

/** A text in the language of the pages. */
export const told = (text: Bilingual): string => (language.value === 'zh' ? text.zh : text.en)

export const isChinese = computed(() => language.value === 'zh')
