import SyncCore

/// Says why a field differs, from what both sides know.
///
/// The first of these that holds (docs/auditor.md, "Comparing replicas"):
///
/// 1. *altered*: a row is not what the programs wrote; whatever else it says proves nothing.
/// 2. *pending*, *held*: the change has not reached the hub, or was refused there.
/// 3. *quarantined*, *suspect*, *superseded by a conflict*: the hub has ruled, and this is how.
/// 4. *not pulled*: the side with the older register has not seen the newer one's position.
/// 5. *receipted but missing*: it has seen that position, and lacks it all the same.
/// 6. *unexplained*.
struct CauseFinder {
    let a: (facts: SideFacts, evidence: SideEvidence)
    let b: (facts: SideFacts, evidence: SideEvidence)

    func difference(_ pair: RecordPair) -> RecordDifference {
        let fields = pair.fieldNames.map { name in
            FieldDifference(
                name: name, a: pair.a?.register(name), b: pair.b?.register(name),
                cause: cause(of: name, in: pair))
        }
        let whole = alteration(of: pair)
        return RecordDifference(
            key: pair.key, a: pair.a, b: pair.b, fields: fields,
            cause: ([whole].compactMap(\.self) + fields.map(\.cause)).max() ?? .unexplained)
    }

    private func alteration(of pair: RecordPair) -> DifferenceCause? {
        if a.evidence.altered.contains(pair.key) { return .alteredA }
        if b.evidence.altered.contains(pair.key) { return .alteredB }
        return nil
    }

    private func cause(of name: String, in pair: RecordPair) -> DifferenceCause {
        if let altered = alteration(of: pair) { return altered }
        guard let key = pair.key.recordKey else { return .unexplained }
        let first = pair.a?.register(name)
        let second = pair.b?.register(name)
        let writings = [first, second].map { $0.map { Writing(key: key, stamp: $0.stamp) } }
        return unsent(writings[0], writings[1])
            ?? ruled(name, key, writings.compactMap(\.self), first, second)
            ?? behind(pair, first, second, key) ?? .unexplained
    }

    private func unsent(_ first: Writing?, _ second: Writing?) -> DifferenceCause? {
        let isA = first.map(a.evidence.pending.contains) ?? false
        let isB = second.map(b.evidence.pending.contains) ?? false
        // Of two that nobody has, the later one makes the difference.
        if let first, let second, isA, isB {
            return first.stamp > second.stamp ? .pendingA : .pendingB
        }
        if isA { return .pendingA }
        if isB { return .pendingB }
        let held = a.evidence.held.union(b.evidence.held)
        return [first, second].compactMap(\.self).contains(where: held.contains) ? .held : nil
    }

    private func ruling(_ writing: Writing) -> OwnRuling? {
        a.evidence.rulings[writing] ?? b.evidence.rulings[writing]
    }

    private func ruled(
        _ name: String, _ key: RecordKey, _ writings: [Writing], _ first: Register?,
        _ second: Register?
    ) -> DifferenceCause? {
        if writings.contains(where: { ruling($0)?.isQuarantined ?? false }) {
            return .quarantined
        }
        if let first, let second, isRestamped(key, first.stamp, second.stamp) { return .suspect }
        let conflicts =
            (a.evidence.conflicts[key] ?? []) + (b.evidence.conflicts[key] ?? [])
        let stamps = Set(writings.map(\.stamp))
        let isLost = conflicts.contains { $0.field == name && stamps.contains($0.lost.stamp) }
        return isLost ? .supersededByConflict : nil
    }

    /// Whether the hub ordered one of these stamps as the other.
    private func isRestamped(_ key: RecordKey, _ first: Stamp, _ second: Stamp) -> Bool {
        guard first.device == second.device, first != second else { return false }
        for (claimed, other) in [(first, second), (second, first)] {
            if let ruling = ruling(Writing(key: key, stamp: claimed)),
                ruling.effective == other.time
            {
                return true
            }
            let restamps = [a.evidence.restamps[claimed], b.evidence.restamps[claimed]]
            if restamps.contains(other) { return true }
        }
        return false
    }

    /// Compares how far the side with the older register has seen with where the newer one stands.
    private func behind(
        _ pair: RecordPair, _ first: Register?, _ second: Register?, _ key: RecordKey
    ) -> DifferenceCause? {
        guard first?.stamp != second?.stamp else { return nil }
        let isANewer: Bool =
            switch (first, second) {
            case (let first?, let second?): first.stamp > second.stamp
            default: first != nil
            }
        let newer = isANewer ? a : b
        let older = isANewer ? b : a
        guard let stamp = (isANewer ? first : second)?.stamp else { return nil }
        let ruling = ruling(Writing(key: key, stamp: stamp))
        let position = ruling?.position ?? pair[isANewer]?.position ?? 0
        let epoch = ruling?.epoch ?? newer.facts.epoch
        guard position > 0 else { return nil }
        // A bundle is as old as it is.
        if older.facts.kind == .bundle { return isANewer ? .notPulledB : .notPulledA }
        if let seen = older.facts.epoch, let epoch, seen != epoch { return nil }
        let covers = older.facts.position >= position && !older.facts.isPullingAfresh
        if covers || older.facts.isHub { return .receiptedButMissing }
        return isANewer ? .notPulledB : .notPulledA
    }
}
