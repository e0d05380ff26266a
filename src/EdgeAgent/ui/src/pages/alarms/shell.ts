import AlarmBell from './AlarmBell.vue'

export default { topBar: AlarmBell }
