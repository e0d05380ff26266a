import { ref, watchEffect } from 'vue'

export type Theme = 'light' | 'dark'

const storageKey = 'edgeagent-theme'

/** What the person chose; kept in this browser. */
export const chosenTheme = ref<Theme>('light')

/** What the open page insists on, for instance the wall display on dark. */
export const forcedTheme = ref<Theme>()

export function startTheme(): void {
  const kept = localStorage.getItem(storageKey)
  chosenTheme.value = kept === 'dark' || kept === 'light' ? kept : matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
  watchEffect(() => {
    document.documentElement.dataset.theme = forcedTheme.value ?? chosenTheme.value
  })
}

export function chooseTheme(theme: Theme): void {
  chosenTheme.value = theme
  localStorage.setItem(storageKey, theme)
}
