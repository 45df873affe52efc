"""What is broken in the phone's data layer, one rule at a time: in which file which text is replaced by which."""

from tests.campaigns.simulator.planting import on_phone

JOURNEY = "tests/pwa/journey.test.ts > "
STORE = "tests/pwa/store.test.ts > "
ENGINE = "tests/pwa/engine.test.ts > "
TABS = "tests/pwa/two-tabs.test.ts > "

PHONE = [
    on_phone(
        "a draft goes before its operation is kept",
        "phone 1: an operation and the end of its draft are one transaction",
        (
            "saving.ts",
            "      await changed(await db.keep(records, draft_id, made.closing))",
            "      if (draft_id !== undefined) await db.dropDraft(draft_id)\n"
            "      await changed(await db.keep(records, draft_id, made.closing))",
        ),
    ),
    on_phone(
        "saved is said before the transaction is complete",
        "phone 1: saved is said when the transaction is complete",
        (
            "db.ts",
            "        const result = await work(tx)\n        await tx.done\n",
            "        const result = await work(tx)\n",
        ),
    ),
    on_phone(
        "what is sent is marked as settled before it is answered",
        "phone 2: nothing in flight is written down",
        (
            "runner.ts",
            "    return heard(await wire.push(request), batch,",
            "    const marks = batch.map(({ id }) => [id, { id, outcome: 'applied' }] as const)\n"
            "    await desk.changed(await db.settle(new Map(marks), [], meta.epoch, sent_at))\n"
            "    return heard(await wire.push(request), batch,",
        ),
    ),
    on_phone(
        "any answer settles everything that was sent",
        "phone 3: an operation is settled by its own result alone",
        (
            "engine.ts",
            "  const results = answer.results.filter(",
            "  const results = sent.map(({ id }): Result => ({ id, outcome: 'applied' })).filter(",
        ),
    ),
    on_phone(
        "results are taken by their place in the answer",
        "phone 3: an operation is settled by its own result alone",
        (
            "engine.ts",
            "  const results = answer.results.filter(",
            "  const turned = answer.results.map((one, at) => ({ ...one, id: sent.at(-1 - at)?.id ?? one.id }))\n"
            "  const results = turned.filter(",
        ),
    ),
    on_phone(
        "rejected counts as settled",
        "phone 4: what is rejected is kept for ever",
        ("outbox.ts", "  if (result.outcome === 'rejected') {", "  if (result.outcome === ('never' as string)) {"),
        test="tests/pwa/outbox.test.ts > applied, duplicate and conflict settle; rejected does not",
    ),
    on_phone(
        "rejected is thrown away",
        "phone 4: what is rejected is kept for ever",
        (
            "store-answers.ts",
            "        const walks = new Map(",
            "        for (const [id, result] of results)\n"
            "          if (result.outcome === 'rejected') await tx.objectStore('outbox').delete(id)\n"
            "        const walks = new Map(",
        ),
        test=JOURNEY + "one operation that the server cannot read is set aside with its reason, and the rest is sent",
    ),
    on_phone(
        "settled is forgotten at once",
        "phone 4: what is settled is kept for thirty days",
        (
            "outbox.ts",
            "  if (standing.state !== 'settled' || at - (standing.settled_at ?? at) <= KEPT_MS) return false",
            "  if (standing.state !== 'settled') return false",
        ),
    ),
    on_phone(
        "the cursor is kept before the rows",
        "phone 5: a page and its cursor are one transaction",
        (
            "runner-answers.ts",
            "      const records = await Promise.all((page.rows ?? []).map((row) => sealRow(row, epoch, vault)))\n",
            "      const first = { cursor: page.cursor ?? null, more: page.more ?? false }\n"
            "      await db.keepPage({ team_id, asked: at, ...first, epoch, records: [] })\n"
            "      const records = await Promise.all((page.rows ?? []).map((row) => sealRow(row, epoch, vault)))\n",
        ),
    ),
    on_phone(
        "the cursor is not compared before it is set",
        "phone 5: a page is kept only if the cursor is the one it was asked with",
        ("store-answers.ts", "        if ((stored?.cursor ?? null) !== page.asked) return {}\n", ""),
        test=STORE + "a page that was asked with another cursor is not kept, nor is one of another epoch",
    ),
    on_phone(
        "an older version replaces a newer one",
        "phone 6: only a greater version replaces a row",
        ("replica.ts", "  return incoming.version > stored.version", "  return true"),
        test=STORE + "an older version never replaces a newer one, whatever page it comes in",
    ),
    on_phone(
        "a new epoch does not replace rows of an older one",
        "phone 6: another epoch replaces a row",
        (
            "replica.ts",
            "  if (incoming.epoch !== stored.epoch) return incoming.epoch > stored.epoch\n",
            "",
        ),
        test="tests/pwa/outbox.test.ts > only a greater version, or a newer incarnation of the server, replaces a row",
    ),
    on_phone(
        "a page of an older scope is kept",
        "phone 7: an answer with a lower scope version is not listened to",
        ("engine.ts", " || answer.scope_version < state.scope_version", ""),
        ("store-answers.ts", "        if (scope_version < meta.scope_version) return {}\n", ""),
        test=STORE + "a lower epoch and a lower scope version change nothing",
    ),
    on_phone(
        "an answer of an older epoch settles",
        "phone 7: an answer of a lower epoch is not listened to",
        (
            "engine.ts",
            "  if (answer.epoch < state.epoch) return backOff({ ...heard, phase: 'server_down' }, event)\n",
            "",
        ),
        ("store-answers.ts", "        if (known.epoch !== epoch) return OUTDATED\n", ""),
        test="tests/pwa/engine.test.ts > an answer of a lower epoch or scope version is ignored",
    ),
    on_phone(
        "a new epoch keeps the cursors",
        "phone 8: a new epoch begins from the start",
        (
            "store-answers.ts",
            "          await tx.objectStore('cursors').put(fromTheBeginning(cursor.team_id, cursor))\n"
            "        }\n        const ids",
            "          void cursor\n        }\n        const ids",
        ),
        test=STORE + "a row that only an older incarnation of the server knew stays: this may be the only copy",
    ),
    on_phone(
        "a new epoch offers nothing again",
        "phone 8: a new epoch is offered what is settled",
        (
            "outbox.ts",
            "  return { ...PENDING, closed_by: standing.closed_by }",
            "  return standing",
        ),
    ),
    on_phone(
        "rows that a full walk did not show stay",
        "phone 8: a full walk ends with a sweep",
        ("store-answers.ts", "        const ended = now.walking && !page.more\n", "        const ended = false\n"),
        test=STORE + "a walk from the beginning ends with the rows that it showed",
    ),
    on_phone(
        "a sweep takes what was seen in the walk",
        "phone 8: a full walk ends with a sweep",
        ("store-answers.ts", "      await replica.put({ ...stored, walk })\n", ""),
    ),
    on_phone(
        "all users share one database",
        "phone 9: one database for each user",
        (
            "db.ts",
            "<UserSchema>(`alongside-${user_id}`",
            "<UserSchema>(`alongside-${user_id && '00000000-0000-7000-8000-000000000000'}`",
        ),
    ),
    on_phone(
        "the turn is never taken from a frozen tab",
        "phone 10: the lock is for economy",
        ("runner.ts", " && environment.now() - since > STEAL_AFTER_MS", " && since < 0"),
        test=TABS + "a tab that is looked at takes the turn from a frozen one after a minute, and not before",
    ),
    on_phone(
        "a clock that is put back keeps the turn with a frozen tab",
        "phone 10: the lock is for economy",
        (
            "runner.ts",
            "Math.min(elsewhere_since ?? environment.now(), environment.now())",
            "elsewhere_since ?? environment.now()",
        ),
        test=TABS + "a turn is taken from a frozen tab even where the clock was put back an hour",
    ),
    on_phone(
        "a clock that is put back keeps the phone waiting",
        "phone 28: nothing is decided by the phone's clock",
        ("engine.ts", " && at >= state.failed_at", ""),
        test=ENGINE + "a clock that is put back does not make a phone wait for years",
    ),
    on_phone(
        "a 401 empties the outbox",
        "phone 11: 401 touches nothing",
        (
            "runner.ts",
            "    const when = { at: environment.now(), jitter: environment.chance() }\n    return reply.ok",
            "    const when = { at: environment.now(), jitter: environment.chance() }\n"
            "    if (!reply.ok && reply.failure.kind === 'refused' && reply.failure.status === 401) void db.empty()\n"
            "    return reply.ok",
        ),
        (
            "store.ts",
            "    cursors: () => read((db) => db.getAll('cursors')),",
            "    empty: () => write(['outbox'], (tx) => tx.objectStore('outbox').clear()),\n"
            "    cursors: () => read((db) => db.getAll('cursors')),",
        ),
    ),
    on_phone(
        "losing a team empties its outbox",
        "phone 11: a change of scope touches nothing in the outbox",
        (
            "store-answers.ts",
            "      return write(['replica', 'cursors', 'meta'], async (tx) => {\n"
            "        const meta = await metaOf(tx)\n        if (scope_version",
            "      return write(['replica', 'cursors', 'meta', 'outbox'], async (tx) => {\n"
            "        for (const one of await tx.objectStore('outbox').getAll()) {\n"
            "          if (!scope.includes(one.team_id)) await tx.objectStore('outbox').delete(one.id)\n        }\n"
            "        const meta = await metaOf(tx)\n        if (scope_version",
        ),
    ),
    on_phone(
        "signing out empties the outbox",
        "phone 11: signing out touches nothing in the outbox",
        (
            "store.ts",
            "        const records = await tx.objectStore('outbox').getAll()\n        const unsent",
            "        await tx.objectStore('outbox').clear()\n"
            "        const records = await tx.objectStore('outbox').getAll()\n        const unsent",
        ),
    ),
    on_phone(
        "bodies are sealed inside the transaction",
        "phone 12: sealing comes before the transaction",
        (
            "saving.ts",
            "      const sealed = await Promise.all(made.bodies.map((body) => sealItem(body, at, vault)))\n"
            "      const records = sealed.map((record) => ({ ...record, standing: PENDING }))\n",
            "      const records = made.bodies.map((body) => ({ id: body.operation.id, standing: PENDING,"
            " later: () => sealItem(body, at, vault) })) as never\n",
        ),
        (
            "store.ts",
            "          const numbered = { ...record, n: issued }\n",
            "          const sealed = await (record as never as { later(): Promise<object> }).later()\n"
            "          const numbered = { ...record, ...sealed, n: issued, later: 0 } as never as OutboxRecord\n",
        ),
    ),
    on_phone(
        "bodies rest unsealed",
        "phone 12: nothing readable rests on the disk",
        (
            "vault.ts",
            "box: await crypto.subtle.encrypt(cipher, current.key, text) }",
            "box: (await crypto.subtle.encrypt(cipher, current.key, text), text.buffer as ArrayBuffer) }",
        ),
    ),
]
