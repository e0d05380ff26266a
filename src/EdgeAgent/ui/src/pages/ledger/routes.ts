import { area, type Access } from '@/app/area'

const everybody: Access = ['admin', 'engineer', 'assessor', 'viewer']
const editors: Access = ['admin', 'engineer']

export default area({
  id: 'ledger',
  pages: [
    { path: '/ledger', name: 'ledger', title: 'ledger.title', access: everybody, component: () => import('./LedgerPage.vue'), nav: { section: 'assess', order: 20, icon: 'ledger' } },
    { path: '/ledger/import', name: 'ledger.import', title: 'ledger.import.title', access: editors, component: () => import('./ImportPage.vue') },
    { path: '/ledger/bindings', name: 'ledger.bindings', title: 'ledger.bindings.title', access: everybody, component: () => import('./BindingsPage.vue') },
    { path: '/ledger/plant', name: 'ledger.plant', title: 'ledger.plant.title', access: everybody, component: () => import('./PlantPage.vue') },
    { path: '/ledger/profile', name: 'ledger.profile', title: 'ledger.profile.title', access: everybody, component: () => import('./ProfilePage.vue') },
    { path: '/ledger/history', name: 'ledger.history', title: 'ledger.history.title', access: ['admin', 'engineer', 'assessor'], component: () => import('./HistoryPage.vue') },
    { path: '/ledger/assets/:assetNo', name: 'ledger.asset', title: 'ledger.asset.title', access: everybody, component: () => import('./AssetPage.vue') },
  ],
})
