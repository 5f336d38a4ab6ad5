// Prints how fast it is, beside peers in the same run where there are any: `npm run bench [PART]…`
import { benchColdStart } from './cold-start.ts'
import { benchGrowth, benchSharing } from './growth.ts'
import { benchOwnersLine } from './owners-line.ts'
import { benchPeers } from './peers.ts'

const parts = {
  line: benchOwnersLine,
  peers: benchPeers,
  growth: benchGrowth,
  sharing: benchSharing,
  start: benchColdStart,
}

const asked = process.argv.slice(2)
for (const [name, bench] of Object.entries(parts)) {
  if (asked.length === 0 || asked.includes(name)) bench()
}
