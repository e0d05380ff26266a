import { area } from '@/app/area'

export default area({
  id: 'devices',
  pages: [
    { path: '/devices', name: 'devices', title: 'devices.title', access: 'state', component: () => import('./DevicesPage.vue'), nav: { section: 'monitor', order: 20, icon: 'devices' } },
    { path: '/devices/:agent/:device', name: 'devices.device', title: 'devices.device', access: 'state', component: () => import('./DevicePage.vue') },
  ],
})
