// The phones' side of the simulation: runs one seed after another as it is told to.
import { account } from './account.ts'
import { bundle, type Code } from './bundle.ts'
import { happen } from './happenings.ts'
import { begin, heal } from './healing.ts'
import { Violation } from './ledger.ts'
import { hear, say } from './lines.ts'
import type { Planted } from './plant.ts'
import { scenario } from './scenarios.ts'
import { type People, World } from './world.ts'

type Order =
  | { readonly do: 'bundle'; readonly planted: readonly Planted[] }
  | { readonly do: 'seed'; readonly seed: number; readonly steps: number; readonly people: People }
  | { readonly do: 'scenario'; readonly name: string; readonly people: People }

const LAST_LINES = 40

/** The product's own promises are left alone by dead tabs; what a living one stumbles over is looked at elsewhere. */
process.on('unhandledRejection', () => undefined)

let code: Code | null = null

function next(): void {
  const order = hear<Order>()
  if (order === null) return
  if (order.do === 'bundle') {
    bundle(order.planted).then(
      (made) => {
        code = made
        say({ ready: true })
        setImmediate(next)
      },
      (error: unknown) => {
        say({ ready: false, why: String(error) })
        setImmediate(next)
      },
    )
    return
  }
  if (code === null) throw new Error('nothing is bundled')
  if (order.do === 'scenario') say({ done: scenario(order.name, code, order.people) })
  else say({ done: simulated(order.seed, order.steps, code, order.people) })
  // A fresh turn of the event loop, in which the work of promises can be run on demand.
  setImmediate(next)
}

function simulated(seed: number, steps: number, code: Code, people: People) {
  const world = new World(seed, code, people)
  let violation: { invariant: number; what: string } | null = null
  let taken = 0
  try {
    begin(world)
    for (; taken < steps; taken += 1) happen(world)
    heal(world)
  } catch (error) {
    if (!(error instanceof Violation)) throw error
    violation = { invariant: error.invariant, what: error.message }
  }
  const { ledger } = world
  return {
    seed,
    steps: taken,
    hash: world.hash(),
    violation,
    trace: violation === null ? [] : world.trace.slice(-LAST_LINES),
    faults: world.faults,
    outcomes: ledger.outcomes,
    checked: ledger.checked,
    account: account(world),
  }
}

setImmediate(next)
