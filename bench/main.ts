import { benchColdStart } from './cold-start.ts'
import { benchCompiled } from './compiled.ts'
import { benchGrowth, benchSharing } from './growth.ts'
import { benchOwnersLine } from './owners-line.ts'
import { benchPeers } from './peers.ts'

/** Time and memory, measured and printed, never asserted; peers run in the same process, as ratios. */
benchOwnersLine()
benchGrowth()
benchSharing()
benchPeers()
benchCompiled()
benchColdStart()
