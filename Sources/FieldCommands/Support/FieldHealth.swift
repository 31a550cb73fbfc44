import CommandKit
import SharedWords
import SyncClient
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// The checks of a replica, each with its mend.
struct FieldHealth {
    private let replica: Replica
    private let status: ReplicaStatus
    private let now = Environment.system.nowMilliseconds()
    private let words = Messages.fieldKeeping
    private let shared = Messages.doctor

    private static let dayMilliseconds: Int64 = 86_400_000
    /// From so many days on, what waits or was not synced is worth a line.
    private static let waitingDays: Int64 = 7
    /// A shift of stops and its sync take a fraction of this.
    private static let freeBytes: Int64 = 50 << 20
    private static let hubPatience = Duration.seconds(3)

    init(_ replica: Replica) throws {
        self.replica = replica
        status = try replica.status()
    }

    func lines() async throws -> [HealthLine] {
        let check = try replica.check(heals: false)
        return [
            file(check), digest(check), clock, key, disk, await hub(), try pending(), lastSync,
            try healing(), backup,
        ]
    }

    private func file(_ check: ReplicaCheck) -> HealthLine {
        let problem = check.fileProblems.first ?? (check.damaged > 0 ? "records" : nil)
        return HealthLine(
            "file", problem == nil ? .ok : .bad,
            problem.map { shared.fileBad.text(["detail": $0]) } ?? shared.file.text(),
            mend: words.fileMend.text(), facts: [.init("damaged", .int(check.damaged))])
    }

    private func digest(_ check: ReplicaCheck) -> HealthLine {
        let text =
            check.isKeptRight
            ? words.digest.text(["n": check.records]) : words.digestBad.text()
        return HealthLine(
            "digest", check.isKeptRight ? .ok : .bad, text, mend: words.digestMend.text(),
            facts: [.init("digest", .string(check.digest.hex))])
    }

    /// What the hub said at the last sync, or the last receipt if that lies ahead of the clock now.
    private var clock: HealthLine {
        let sinceHead = status.head.map { $0.time - now } ?? .min
        let known = status.clockDifference
        let difference =
            sinceHead > HubRules.driftLimitMilliseconds ? sinceHead : known
        guard let difference else {
            return HealthLine("clock", .ok, words.clockUnknown.text())
        }
        let isOff = abs(difference) > HubRules.driftLimitMilliseconds
        let message = difference > 0 ? words.clockSlow : words.clockFast
        let length = TimeLength.text(milliseconds: difference)
        return HealthLine(
            "clock", isOff ? .bad : .ok,
            isOff ? message.text(["time": length]) : words.clock.text(),
            mend: words.clockMend.text(), facts: [.init("difference_ms", .int(Int(difference)))])
    }

    private var key: HealthLine {
        let path = KeyFile.path(forReplica: replica.path)
        let facts: [JSONOutput.Member] = [
            .init("mode", JSONOutput(replica.keyMode.map { String($0, radix: 8) }))
        ]
        guard status.hasKey, let mode = replica.keyMode else {
            return HealthLine(
                "key", .bad, words.keyMissing.text(["path": path]),
                mend: words.keyMissingMend.text(), facts: facts)
        }
        guard mode != 0o600 else {
            return HealthLine("key", .ok, shared.key.text(), facts: facts)
        }
        return HealthLine(
            "key", .bad, shared.keyOpen.text(["path": path, "mode": String(mode, radix: 8)]),
            mend: shared.keyOpenMend.text(["path": path]), facts: facts)
    }

    private var disk: HealthLine {
        let (free, data) = (replica.freeBytes, replica.byteCount)
        let text = shared.disk.text([
            "free": free.map { ByteCount.text($0) } ?? "?", "data": ByteCount.text(data),
        ])
        let level: HealthLine.Level =
            free.map { $0 < Self.freeBytes ? .bad : $0 < data ? .warn : .ok } ?? .warn
        return HealthLine(
            "disk", level, text, mend: words.diskMend.text(),
            facts: [
                .init("free_bytes", JSONOutput(free.map { Int($0) })),
                .init("data_bytes", .int(Int(data))),
            ])
    }

    // MARK: The hub

    private func hub() async -> HealthLine {
        guard let membership = try? replica.membership() else {
            return HealthLine("hub", .ok, words.hubNone.text())
        }
        let answers = await Self.answers(membership)
        let message = answers ? words.hub : words.hubSilent
        return HealthLine(
            "hub", answers ? .ok : .warn, message.text(["url": membership.url]),
            mend: words.hubMend.text(), facts: [.init("answers", .bool(answers))])
    }

    /// Whether the hub that was joined answers within a few seconds.
    private static func answers(_ membership: Replica.Membership) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                guard let transport = try? HTTPTransport(url: membership.url, pin: membership.tls)
                else { return false }
                let answer = try? await transport.send(WireRequest(.get, "/v1"))
                await transport.close()
                let content = answer.flatMap { try? $0.content() } ?? []
                let key = (try? JSONParser.parse(content))?["hub"]?.string
                return key == membership.hub.key.hex
            }
            group.addTask {
                try? await Task.sleep(for: hubPatience)
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }

    private func pending() throws -> HealthLine {
        guard status.pending > 0, let oldest = try replica.oldestPending() else {
            return HealthLine("pending", .ok, words.pendingNone.text())
        }
        let age = max(0, now - oldest)
        let isOld = age > Self.waitingDays * Self.dayMilliseconds
        let length = TimeLength.text(milliseconds: age)
        return HealthLine(
            "pending", isOld ? .warn : .ok,
            words.pending.text(["n": status.pending, "time": length]),
            mend: words.syncMend.text(),
            facts: [.init("pending", .int(status.pending)), .init("age_ms", .int(Int(age)))])
    }

    private var lastSync: HealthLine {
        guard status.hubURL != nil else {
            return HealthLine("last_sync", .ok, words.neverSynced.text())
        }
        guard let last = status.lastSync else {
            return HealthLine(
                "last_sync", .warn, words.neverSynced.text(), mend: words.syncMend.text())
        }
        let age = max(0, now - last)
        let isOld = age > Self.waitingDays * Self.dayMilliseconds
        return HealthLine(
            "last_sync", isOld ? .warn : .ok,
            words.lastSync.text(["time": TimeLength.text(milliseconds: age)]),
            mend: words.syncMend.text(), facts: [.init("age_ms", .int(Int(age)))])
    }

    private func healing() throws -> HealthLine {
        if let halt = status.halt {
            let failure = HaltWords.failure(halt)
            return HealthLine(
                "healing", .bad, words.halted.text(["reason": failure.code.text]),
                mend: failure.mend ?? words.haltedMend.text(),
                facts: [.init("halt", .string(failure.code.text))])
        }
        let isHealing = try replica.isHealing()
        return HealthLine(
            "healing", isHealing ? .warn : .ok,
            (isHealing ? words.healing : words.notHealing).text(), mend: words.syncMend.text())
    }

    private var backup: HealthLine {
        let (delivered, backedUp) = (status.deliveredPosition, status.backedUpPosition)
        let isBehind = backedUp < delivered
        let text =
            isBehind
            ? words.backedUpTo.text(["delivered": delivered, "backed_up": backedUp])
            : words.backedUpAll.text()
        return HealthLine(
            "backup", isBehind ? .warn : .ok, text, mend: words.backedUpMend.text(),
            facts: [
                .init("delivered", .int(Int(delivered))), .init("backed_up", .int(Int(backedUp))),
            ])
    }
}
