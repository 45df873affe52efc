// The tests of the phone's data layer, with a planted fault in the copy of it that they load.
import { mergeConfig } from 'vitest/config'
import ours from '../../../pwa/vite.config.ts'
import { plant } from './plant.ts'

export default mergeConfig(ours, {
  plugins: [plant(JSON.parse(process.env.PLANTED ?? '[]'))],
  // Kept by what stands in the file, not by what is planted in it.
  test: { fsModuleCache: false },
})
