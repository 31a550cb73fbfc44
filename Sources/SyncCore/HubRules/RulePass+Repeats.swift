// §6.5 to §6.7: one save under two names, and who had seen whom across a history that broke.
//
// Problem: after a copy took a new key, or a hub was put back, the same save may come twice, and a
// register may be older in this history than what its writer had seen in another.
// Idea: a change is known by the stamp under which it was first signed. What the writer of the
// present register had seen is told by `was`, followed through the entries that are not common to
// both histories; what is common the earlier verdict has judged already.

extension RulePass {
    /// Notes a change that the journal holds already under another of its author's keys.
    mutating func isRepeat(
        _ change: Change, _ index: Int, _ effective: StampTime, _ changes: some RuledChanges
    ) throws -> Bool {
        let author = authorStamp(of: change)
        let content = changes.content(index)
        let place = AuthoredPlace(author: author, key: change.key)
        let known = authoredByPlace[place] ?? []
        let stored = try source.authored(
            author, change.key, above: context.healing.formerly?.number)
        if let first = (stored + known).first(where: { $0.content == content }) {
            verdict.repeats.append(.init(change: index, stamp: first.effective))
            note(alias: change.stamp, first.effective)
            if effective != change.stamp { note(alias: effective, first.effective) }
            return true
        }
        if context.healing.formerly != nil {
            let stamp = Stamp(time: effective, device: context.device)
            let made = AuthoredChange(content: content, effective: stamp)
            authored.append((author, change.key, made))
            authoredByPlace[place, default: []].append(made)
        }
        return false
    }

    private mutating func note(alias claimed: StampTime, _ effective: Stamp) {
        aliases.append((claimed, effective))
        if aliasByClaimed[claimed] == nil { aliasByClaimed[claimed] = effective }
    }

    private func authorStamp(of change: Change) -> Stamp {
        Stamp(time: change.stamp, device: context.healing.formerly?.device ?? context.device)
    }

    /// Whether a conflict that the rules found is listed, where a history broke.
    ///
    /// - Parameters:
    ///   - field: the field that the batch wrote.
    ///   - present: the register that it met, and its field.
    ///   - write: the batch's own register and the stamp it was claimed under.
    ///   - overcomes: the write stands over the present register of the same field: that value is
    ///     hidden, whatever its writer had seen.
    func isListed(
        _ conflict: Conflict, field: String, present: (field: String, register: Register),
        write: WorkingRecord.Write, isDeletion: Bool = false, overcomes: Bool = false
    ) throws -> Bool {
        let key = conflict.record
        if let earlier = context.healing.earlier {
            let ids = [conflict.id, conflict.idWithValue]
            if earlier.verdict.conflicts.contains(where: { ids.contains($0) }) { return true }
            let writes = try source.writes(to: key, above: earlier.common)
            let stamp = present.register.stamp
            // One that had seen no value at all cannot have seen this one in a history that was lost.
            if overcomes, write.firstWas == nil { return true }
            guard hasEntered(present.field, stamp, writes) else { return false }
            if overcomes { return true }
            return try !hasSeen(field, write, by: stamp, writes, key)
        }
        guard let first = context.healing.firstBreak, !isDeletion, !overcomes else { return true }
        return try !hasSeen(
            field, write, by: present.register.stamp, source.writes(to: key, above: first), key)
    }

    /// Somebody handed this write's value back before its author came, and that hid another value:
    /// the author meets it here.
    func hidden(
        _ name: String, _ write: WorkingRecord.Write, _ before: RecordState
    ) throws -> Conflict? {
        guard context.healing.earlier != nil || context.healing.formerly != nil else { return nil }
        let key = before.key
        var found = try source.beneath(key, name, write.last.stamp)
        if found == nil, let formerly = context.healing.formerly {
            let author = Stamp(time: write.claimed, device: formerly.device)
            found = try source.beneath(key, name, author)
        }
        guard let found, found.value != write.last.value,
            try isForeign(found, unless: write.firstWas)
        else { return nil }
        let conflict = Conflict(record: key, field: name, kept: write.last, lost: found)
        if let earlier = context.healing.earlier,
            earlier.verdict.conflicts.contains(where: {
                [conflict.id, conflict.idWithValue].contains($0)
            })
        {
            return conflict
        }
        guard let was = write.firstWas else { return conflict }
        let limit = context.healing.earlier?.common ?? context.healing.firstBreak ?? 0
        let writes = try source.writes(to: key, above: limit)
        guard context.healing.earlier == nil || hasEntered(name, found.stamp, writes),
            try !hasSeen(name, [found.stamp], by: effective(of: was), writes, isExact: true)
        else { return nil }
        return conflict
    }

    /// Whether a register came by one of these entries.
    func hasEntered(_ field: String, _ stamp: Stamp, _ writes: [JournalWrite]) -> Bool {
        writes.contains { $0.stamps[field] == stamp }
    }

    private func hasSeen(
        _ field: String, _ write: WorkingRecord.Write, by writer: Stamp,
        _ writes: [JournalWrite], _ key: RecordKey
    ) throws -> Bool {
        var stamps = [write.last.stamp]
        if let old = try soleAuthorStamp(write, key) { stamps.append(old) }
        // Only the chain of a batch that is offered again proves that a later stamp of its device
        // came after it: else it is a copy's, or of another history of this file.
        return try hasSeen(
            field, stamps, by: writer, writes, isExact: context.healing.earlier == nil)
    }

    /// The stamp that a change had under the old key, unless a copy claimed the same one for
    /// something else.
    private func soleAuthorStamp(
        _ write: WorkingRecord.Write, _ key: RecordKey
    ) throws -> Stamp? {
        guard let formerly = context.healing.formerly else { return nil }
        let author = Stamp(time: write.claimed, device: formerly.device)
        let known = authoredByPlace[AuthoredPlace(author: author, key: key)] ?? []
        let all = try source.authored(author, key, above: formerly.number) + known
        let first = known.first?.content
        return all.allSatisfy { $0.content == first } ? author : nil
    }

    /// Follows `was` from a register: whether its writer, or one whom that one had seen, had seen
    /// one of these stamps in a field.
    ///
    /// - Parameter isExact: a later stamp of the same device proves nothing: its file may have been
    ///   copied or put back meanwhile.
    func hasSeen(
        _ field: String, _ stamps: [Stamp], by writer: Stamp, _ writes: [JournalWrite],
        isExact: Bool
    ) throws -> Bool {
        var writer = writer
        for _ in 0..<HubRules.seenLimit {
            let entry = writes.first {
                !$0.isAdopted && $0.stamps.values.contains(writer) && $0.was[field] != nil
            }
            guard let was = entry?.was[field] else { return false }
            let seen = try effective(of: was)
            if stamps.contains(seen) { return true }
            if !isExact, seen.device == stamps[0].device, seen > stamps[0] { return true }
            writer = seen
        }
        return false
    }
}

/// Under which stamp a record was first changed.
struct AuthoredPlace: Hashable {
    let author: Stamp
    let key: RecordKey
}

extension HubRules {
    /// Steps that `was` is followed at most: a field that was written oftener in the lost tail is
    /// listed rather than searched for.
    static let seenLimit = 1_000
}
