import { area } from '@/app/area'

export default area({
  id: 'trends',
  pages: [{ path: '/trends', name: 'trends', title: 'trends.title', access: 'state', component: () => import('./TrendsPage.vue'), nav: { section: 'monitor', order: 30, icon: 'trends' } }],
})
