import { createApp } from 'vue'
import App from './app/App.vue'
import { i18n, startLanguage } from './app/i18n'
import { areas, pages } from './app/areas'
import { router } from './app/router'
import { startTheme } from './app/theme'
import { session } from './app/session'
import './design/tokens.css'
import './design/base.css'

startTheme()
await Promise.all([startLanguage(), session.refresh()])
createApp(App).use(i18n).use(router).mount('#app')

// What there is, for programs that go through all pages.
Object.defineProperty(window, 'edgeagent', {
  value: {
    areas: areas.map((area) => area.id),
    pages: pages.map((page) => ({ name: page.name, path: page.path, access: String(page.access), inNavigation: page.nav !== undefined })),
  },
})
