import { area } from '@/app/area'

export default area({
  id: 'topology',
  pages: [{ path: '/topology', name: 'topology', title: 'topology.title', access: 'state', component: () => import('./TopologyPage.vue'), nav: { section: 'monitor', order: 40, icon: 'topology' } }],
})
