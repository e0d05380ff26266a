import { area } from '@/app/area'

export default area({
  id: 'alarms',
  pages: [
    { path: '/alarms', name: 'alarms', title: 'alarms.title', access: 'state', component: () => import('./AlarmsPage.vue'), nav: { section: 'monitor', order: 50, icon: 'alarms' } },
    { path: '/alarms/rules', name: 'alarms.rules', title: 'alarms.rules', access: ['admin', 'engineer'], component: () => import('./RulesPage.vue') },
  ],
})
