"""What is broken in the phone's data layer against the decisions of the design, beyond the twelve rules of syncing."""

from tests.campaigns.simulator.planting import on_phone

ENGINE = "tests/pwa/engine.test.ts > "
JOURNEY = "tests/pwa/journey.test.ts > "
OUTBOX = "tests/pwa/outbox.test.ts > "
TABS = "tests/pwa/two-tabs.test.ts > "

PHONE_BEYOND = [
    on_phone(
        "one 413 refuses every operation of the batch",
        "design 6.11: a batch that is too big is halved",
        ("engine-failures.ts", "  if (about_the_batch && sent.length > 1) return halved(state, sent)\n", ""),
    ),
    on_phone(
        "a hotspot's page is taken for the server",
        "design 6.11: an answer without our mark is no network",
        ("wire.ts", "value.server === 'alongside'", "value.server !== 'alongside'"),
    ),
    on_phone(
        "a form that is sent twice makes two",
        "design 6.12: one form, one entry",
        (
            "making.ts",
            "    { id: draft.operation_id, team_id: draft.team_id, thing_id: draft.id },",
            "    { team_id: draft.team_id, thing_id: making.id() },",
        ),
    ),
    on_phone(
        "an operation gets a new id each time it is sent",
        "design 6.1: the operation is the unit of idempotency",
        (
            "runner.ts",
            "      return item ? [{ ...item.operation, n: item.n }] : []",
            "      return item ? [{ ...item.operation, made_at: environment.now(), n: item.n }] : []",
        ),
    ),
    on_phone(
        "one poisoned operation holds up the others",
        "invariant 13: one operation never blocks the rest",
        (
            "engine-failures.ts",
            "    if (sent.length > 1) return [{ ...state, batch: 1, step: 'looking' }, [{ do: 'look' }]]\n"
            "    if (only !== undefined) return backOff(holding({ ...state, phase: 'server_down' }, only), event)\n",
            "",
        ),
    ),
    on_phone(
        "the waiting ones are counted by operation",
        "invariant 14: counts shown equal the outbox",
        ("view.ts", "    waiting: logs.length,", "    waiting: since.length,"),
    ),
    on_phone(
        "what has to survive a kill is written in relaxed transactions",
        "design 6.1: durably stored before it is said",
        ("db.ts", "{ durability: 'strict' }", "{ durability: 'relaxed' }"),
        test="tests/pwa/store.test.ts > what has to survive a kill is written with strict durability",
    ),
    on_phone(
        "the word of another incarnation is kept",
        "phone 7: what another tab has overtaken changes nothing",
        ("store-answers.ts", "        if ((await metaOf(tx)).epoch !== page.epoch) return OUTDATED\n", ""),
        test="tests/pwa/store.test.ts > the word of another incarnation of the server, older or not begun with,"
        " changes nothing",
    ),
    on_phone(
        "the phone's clock says how long what is settled is kept",
        "design 6.8: no device clock decides",
        ("desk.ts", "await db.tidy(environment.app)", "await db.tidy(environment.app, environment.now())"),
        ("store.ts", "    tidy(app: string)", "    tidy(app: string, at = 0)"),
        ("store.ts", "forgettable(record.standing, meta.heard_at)", "forgettable(record.standing, at)"),
        test="scenario > a_clock_that_leaps",
    ),
    on_phone(
        "an open conflict is forgotten after thirty days",
        "design 6.9: kept until somebody settles it",
        ("outbox.ts", "  return standing.outcome === 'applied' || standing.closed_by !== null", "  return true"),
        test=OUTBOX + "what is rejected is never forgotten, nor is an open conflict; the rest is kept thirty days",
    ),
    on_phone(
        "a late rejection takes back what was settled",
        "invariant 5",
        ("outbox.ts", "    if (standing.state === 'settled' || result.retry", "    if (result.retry"),
        test=OUTBOX + "a late rejection cannot take back what was settled",
    ),
    on_phone(
        "what is to come again later is set aside",
        "sync 3.7: rejected for later stays pending",
        ("outbox.ts", "standing.state === 'settled' || result.retry === 'later'", "standing.state === 'settled'"),
        (
            "engine.ts",
            " && (outcome !== 'rejected' || retry !== 'later'),",
            " && (outcome !== 'rejected' || retry !== null),",
        ),
        test=OUTBOX + "rejected for now stays pending",
    ),
    on_phone(
        "a newer app does not try again what an older one could not make readable",
        "sync 3.7",
        (
            "outbox.ts",
            "standing.state !== 'quarantined' || standing.retry",
            "standing.state === 'quarantined' || standing.retry",
        ),
        test=OUTBOX + "a newer app tries again only what it may make readable and nobody has put away",
    ),
    on_phone(
        "a timeout sets a single operation aside",
        "design 6.11: a timeout says nothing about what was sent",
        (
            "engine-failures.ts",
            "  if (failure.kind === 'timeout') return timedOut(state, event)\n",
            "  const big = { kind: 'refused' as const, status: 413, code: '', problems: [], retry_after_ms: 0 }\n"
            "  if (failure.kind === 'timeout') return failed(state, { ...event, failure: big })\n",
        ),
        test=ENGINE + "a timeout halves the batch; a single operation is never set aside for it, it only lets others"
        " go first",
    ),
    on_phone(
        "a closed account refuses what waits",
        "design 6.11: 403 keeps everything",
        ("engine-failures.ts", "  if (status === 403) {", "  if (status === 499) {"),
        ("engine-failures.ts", "[400, 413, 422].includes(status)", "[400, 403, 413, 422].includes(status)"),
        test=JOURNEY + "a closed account keeps everything",
    ),
    on_phone(
        "time that a server asks for is not given",
        "design 6.10",
        ("engine-failures.ts", "at_least_ms: failure.retry_after_ms ?? 0", "at_least_ms: 0"),
        test=ENGINE + "a server that asks for time is given it, but for a tap",
    ),
    on_phone(
        "more than a hundred operations go in one push",
        "design 6.14",
        ("engine.ts", "export const MOST_OPERATIONS = 100", "export const MOST_OPERATIONS = 1000"),
        test=ENGINE + "at most a hundred operations and a quarter of a megabyte go in one push",
    ),
    on_phone(
        "something is sent before the device is bound",
        "design 6.13",
        ("engine.ts", "  if (!state.bound) return [{ ...state, step: 'binding' }, [{ do: 'bind' }]]\n", ""),
        test=ENGINE + "a device that is not bound is bound before anything is sent",
    ),
    on_phone(
        "what is refused as another's is set aside",
        "phone 9: what is ours waits until we are back",
        (
            "engine.ts",
            "  if (answer.results.some(({ reason }) => reason === 'forged')) return somebodyElse(heard)\n",
            "",
        ),
        test=JOURNEY + "nothing is sent under another user who has signed in on the same phone meanwhile",
    ),
    on_phone(
        "another user's news are kept",
        "phone 9: one database for each user",
        (
            "runner.ts",
            "      answer.user_id === user_id\n        ? { type: 'pulled'",
            "      answer.user_id !== ''\n        ? { type: 'pulled'",
        ),
        test="tests/pwa/two-tabs.test.ts > what was pulled in the session of another user is not kept, and the phone"
        " asks to sign in",
    ),
    on_phone(
        "the rows of a team that was left stay",
        "sync 3.4: the scope is the whole list",
        ("store-answers.ts", "        for (const key of gone) await tx.objectStore('replica').delete(key)\n", ""),
        test="tests/pwa/store.test.ts > a row of a team that the user has left goes, also one that came after its"
        " cursor had gone",
    ),
    on_phone(
        "a reset is not heard",
        "sync 3.4: a cursor of another epoch or view begins again",
        (
            "runner-answers.ts",
            "        const late = await kept(await db.beginAgain(team_id, at, epoch))\n        if (late) return late\n",
            "",
        ),
    ),
    on_phone(
        "operations are sent newest first",
        "design 6.10: oldest first",
        ("runner.ts", "      .sort((a, b) => a.n - b.n)\n      .map(", "      .sort((a, b) => b.n - a.n)\n      .map("),
        test=JOURNEY + "undo of an entry that was not sent sends it and then voids it",
    ),
    on_phone(
        "saving does not begin to send",
        "design 6.10: send on save",
        ("saving.ts", "    const tried = sendSoon()\n", "    const tried = Promise.resolve()\n"),
        test=JOURNEY + "an entry saved with signal is on the server and on the phone",
    ),
    on_phone(
        "a new data key drops the older ones",
        "design 6.13: what was sealed with the old one stays readable",
        ("signing-in.ts", "keys: [key, ...older] }", "keys: [key, ...older.slice(older.length)] }"),
        test="tests/pwa/vault.test.ts > a server that gives a new key leaves what was sealed with the old one readable",
    ),
    on_phone(
        "signing out takes the key of unsent work away",
        "phone 11: signing out touches nothing in the outbox",
        (
            "store.ts",
            "        const keys = unsent || drafts > 0 ? meta.keys : []\n",
            "        const keys = unsent && drafts < 0 ? meta.keys : []\n",
        ),
        test="tests/pwa/store.test.ts > signing out takes the key away, unless something here is nowhere else",
    ),
    on_phone(
        "the same form within ten minutes is not asked about",
        "design 6.12",
        ("saving.ts", "          saved_at >= since &&\n", "          saved_at < 0 &&\n"),
        test=JOURNEY + "the same kind, day and length within ten minutes is a possible double; later it is not",
    ),
    on_phone(
        "what the other phone has in conflict is not shown",
        "design 6.5: a conflict waits for its author, on whichever phone",
        (
            "conflicts.ts",
            "  return [...conflicts.values()].filter(",
            "  return [...conflicts.values()].slice(0, 0).filter(",
        ),
    ),
    on_phone(
        "a conflict that the server still lists is taken for settled",
        "invariant 24: it stays until a later operation closes it",
        ("runner-answers.ts", "open_here.filter((id) => !listed.has(id))", "open_here.filter((id) => listed.has(id))"),
    ),
    on_phone(
        "a sign-out by the service is taken for a session that ran out",
        "ux 5: signed out by the service",
        ("engine-failures.ts", "state.signed_out || code === 'device_signed_out'", "state.signed_out"),
        test=ENGINE + "a phone that the service has signed out remembers it until a session lets it in again",
    ),
    on_phone(
        "a sign-out by the service is forgotten when the app is started again",
        "ux 5: signed out by the service",
        ("desk.ts", "signed_out: meta.signed_out ?? false", "signed_out: false"),
        test=JOURNEY + "a phone that the service has signed out says so until somebody signs in, and keeps everything",
    ),
    on_phone(
        "a closed account is asked to sign in",
        "ux 5: account closed",
        ("engine-failures.ts", "code === 'account_closed' ? 'account_closed' : 'needs_signin'", "'needs_signin'"),
        test=JOURNEY + "an account that was closed says so, keeps everything, and sends when it is open again",
    ),
    on_phone(
        "the key of another user is taken when this one is back",
        "design 6.13: one data key for each user and device",
        ("signing-in.ts", "answer.value.user_id !== session.user.id", "answer.value.user_id === ''"),
        test=TABS + "the key of another user is not taken though the own session is back at a second look",
    ),
    on_phone(
        "a device is taken for bound in the session of another user",
        "phone 9: one database for each user",
        (
            "runner.ts",
            "      answer.user_id === user_id\n        ? { type: 'bound'",
            "      answer.user_id !== ''\n        ? { type: 'bound'",
        ),
        test=TABS + "a device that was bound in the session of another user is not taken for bound",
    ),
    on_phone(
        "nothing is said to be on its way at a later try",
        "ux 5: sending, at a later try as at the first",
        ("engine.ts", "phase, sending }", "phase, sending: state.failures > 0 ? [] : sending }"),
        test=ENGINE + "what is on its way is known at a later try as at the first, and at rest nothing is",
    ),
]
