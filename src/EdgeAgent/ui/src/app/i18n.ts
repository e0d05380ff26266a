import { computed } from 'vue'
import { createI18n } from 'vue-i18n'
import type { Texts } from './messages/collect'

export const languages = { zh: '中文', en: 'English' } as const
export type Language = keyof typeof languages

const storageKey = 'edgeagent-language'
const loaders: Record<Language, () => Promise<{ default: Texts }>> = {
  zh: () => import('./messages/zh'),
  en: () => import('./messages/en'),
}
const loaded = new Set<Language>()

export const i18n = createI18n({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
  messages: {} as Record<string, Texts>,
})

/** For code outside of components; components use `useI18n()`. */
export const t = i18n.global.t

export const language = computed<Language>(() => (i18n.global.locale.value === 'en' ? 'en' : 'zh'))

/** What the program says, in the page's language: it gives English and, where it has it, Chinese beside it. */
export const said = (english: string, chinese: string | null | undefined): string => (language.value === 'zh' && chinese) || english

/** Chinese unless the person chose otherwise before. */
export function startLanguage(): Promise<void> {
  return setLanguage(localStorage.getItem(storageKey) === 'en' ? 'en' : 'zh')
}

/** Switches every text on the page; nothing is loaded again and nothing typed is lost. */
export async function setLanguage(wanted: Language): Promise<void> {
  if (!loaded.has(wanted)) {
    i18n.global.setLocaleMessage(wanted, (await loaders[wanted]()).default as never)
    loaded.add(wanted)
  }
  i18n.global.locale.value = wanted
  document.documentElement.lang = wanted === 'zh' ? 'zh-CN' : 'en'
  localStorage.setItem(storageKey, wanted)
}
