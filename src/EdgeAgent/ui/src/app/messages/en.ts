import { collect, type Texts } from './collect'
import app from './app.en'

export default { app, ...collect(import.meta.glob<{ default: Texts }>('../../pages/*/en.ts', { eager: true })) }
