import { collect, type Texts } from './collect'
import app from './app.zh'

export default { app, ...collect(import.meta.glob<{ default: Texts }>('../../pages/*/zh.ts', { eager: true })) }
