// Whether a hub's log still is the one that somebody else saw.
//
// Problem: whoever has the hub's key can rewrite its log and sign it anew; nothing in the hub's
// own file shows that.
// Idea: a head that somebody else kept is a promise. The tree at its size must have its root
// still; a receipt's leaf must be at its position. Where they are not, the place of the change is
// narrowed down by the largest promise that was kept.
// Source: RFC 6962 §7.3 ("gossip"); Protocol/README.md §5.

import SyncCore
import SyncProtocol

/// Compares one holder's heads and receipts with a journal that was followed.
struct HeldLogCheck {
    let held: HeldLog
    let hub: HubIdentity
    let replay: ReplayStore
    let size: Int64
    /// Epochs of the journal in order, each with its last position.
    let epochs: [(epoch: EpochID, last: Int64)]
    let log: ProblemLog
    /// Where the pass began: nothing is known of what lies before, nor of epochs that ended there.
    var start: Int64 = 0

    private struct Findings {
        /// The largest head beyond the journal's end.
        var beyond: SignedHead?
        /// The smallest head whose root is not there, and how many there are.
        var broken: SignedHead?
        var brokenCount: Int64 = 0
        /// The largest size whose root is there.
        var kept: Int64 = 0
        /// The smallest position whose leaf is another.
        var changedLeaf: Int64?
        var unchecked: [UncheckedPart] = []
        var hasForeignEpoch = false
        var hasForgery = false
    }

    /// - Returns: what could not be compared.
    func run() throws -> [UncheckedPart] {
        let place = ProblemPlace.holder(held.name)
        if case .note(_, let text) = held { return try checkNote(text, place) }
        guard let known = try held.hub() else { return [.init(.history, .neverSynced)] }
        guard hub.has(known.key) else {
            log.add(
                .hubKeyDiffers, place, .init(.expected, known.key),
                .init(.found, hub.key))
            return []
        }
        guard known.space == hub.space else {
            log.add(
                .spaceDiffers, place, .init(.expected, known.space), .init(.found, hub.space))
            return []
        }
        var findings = Findings()
        try held.each(
            head: { try check($0, &findings) }, leaf: { try check($0, &findings) })
        report(findings, place)
        return findings.unchecked
    }

    // MARK: A signed note

    /// A note names no epoch: where the log broke, one that does not fit may be of the time before.
    private func checkNote(_ text: String, _ place: ProblemPlace) throws -> [UncheckedPart] {
        if let claim = CheckpointNote.claim(text), claim.space != hub.space {
            log.add(
                .spaceDiffers, place, .init(.expected, claim.space), .init(.found, hub.space))
            return []
        }
        guard let note = hub.note(text) else {
            log.add(.headForged, place, .init(.reason, "signature"))
            return []
        }
        if note.size < start { return [.init(.history, .beforeCheckpoint)] }
        if try replay.root(at: note.size) == note.root { return [] }
        guard epochs.count == 1, start == 0 || note.size <= size else {
            return [.init(.history, .anotherEpoch)]
        }
        guard note.size <= size else {
            log.add(
                .tailCut, place, .init(.size, note.size), .init(.expected, note.root),
                .init(.found, size))
            return []
        }
        guard let root = try replay.root(at: note.size) else {
            return [.init(.history, .treeLost)]
        }
        log.add(
            .logRewritten, place, .init(.size, note.size), .init(.expected, note.root),
            .init(.found, root))
        return []
    }

    /// The witnesses' words for heads that this log has.
    func cosignatures(of witnesses: [Witness]) throws -> [CountedCosignature] {
        guard case .note(_, let text) = held,
            let note = hub.note(text),
            try replay.root(at: note.size) == note.root
        else { return [] }
        return Set(witnesses).sorted { $0.name < $1.name }.compactMap { witness in
            witness.cosigned(text, of: note).map {
                CountedCosignature(witness: witness, size: note.size, time: $0)
            }
        }
    }

    private func check(_ head: SignedHead, _ findings: inout Findings) throws {
        let content = head.head
        guard content.size >= start else {
            findings.unchecked.append(.init(.history, .beforeCheckpoint))
            return
        }
        guard let limit = try limit(of: head, &findings) else { return }
        guard content.size <= limit else {
            if limit < size {
                findings.unchecked.append(.init(.history, .anotherEpoch, after: limit))
            } else if content.size > findings.beyond?.head.size ?? 0, isGenuine(head, &findings) {
                findings.beyond = head
            }
            return
        }
        guard let root = try replay.root(at: content.size) else {
            findings.unchecked.append(.init(.history, .treeLost))
            return
        }
        if root == content.root {
            findings.kept = max(findings.kept, content.size)
        } else if isGenuine(head, &findings) {
            findings.brokenCount += 1
            if content.size < findings.broken?.head.size ?? .max { findings.broken = head }
        }
    }

    /// The last position of the head's epoch; nil if the journal does not have that epoch.
    private func limit(of head: SignedHead, _ findings: inout Findings) throws -> Int64? {
        guard let found = epochs.last(where: { $0.epoch == head.head.epoch }) else {
            if start > 0 {
                findings.unchecked.append(.init(.history, .beforeCheckpoint))
                return nil
            }
            if !findings.hasForeignEpoch, isGenuine(head, &findings) {
                findings.hasForeignEpoch = true
                log.add(
                    .epochUnknown, .holder(held.name), .init(.epoch, head.head.epoch),
                    .init(.size, head.head.size))
            }
            return nil
        }
        return found.epoch == epochs.last?.epoch ? size : found.last
    }

    /// A holder's file may be altered as well: only what the hub signed counts against it.
    private func isGenuine(_ head: SignedHead, _ findings: inout Findings) -> Bool {
        if hub.vouches(for: head), head.head.size >= 0 { return true }
        if !findings.hasForgery {
            log.add(
                .headForged, .holder(held.name), .init(.size, head.head.size),
                .init(.reason, "signature"))
        }
        findings.hasForgery = true
        return false
    }

    private func check(_ held: HeldLog.HeldLeaf, _ findings: inout Findings) throws {
        let position = held.leaf.position
        guard position > start, position <= size, epochs.last?.epoch == held.leaf.epoch,
            let leaf = try replay.leaf(at: position), leaf != held.hash
        else { return }
        guard let receipt = held.receipt else {
            // Another hub's journal: its heads tell what counts.
            findings.changedLeaf = min(findings.changedLeaf ?? position, position)
            return
        }
        guard isGenuine(receipt.head, &findings), receipt.isIncluded else { return }
        findings.changedLeaf = min(findings.changedLeaf ?? position, position)
        log.add(
            .receiptMissing, .holder(self.held.name), .init(.position, position),
            .init(.device, held.leaf.device), .init(.number, held.leaf.number),
            .init(.expected, held.hash), .init(.found, leaf))
    }

    private func report(_ findings: Findings, _ place: ProblemPlace) {
        if let head = findings.beyond?.head {
            log.add(
                .tailCut, place, .init(.size, head.size), .init(.expected, head.root),
                .init(.found, size))
        }
        guard let head = findings.broken?.head else { return }
        let end = min(head.size, findings.changedLeaf ?? head.size)
        let start = findings.kept < end ? findings.kept + 1 : 1
        var evidence: [ProblemEvidence] = [
            .init(.size, head.size), .init(.expected, head.root),
            .init(.first, start == end ? "\(end)" : "\(start)-\(end)"),
        ]
        if let root = try? replay.root(at: head.size) {
            evidence.insert(.init(.found, root), at: 2)
        }
        if findings.brokenCount > 1 { evidence.append(.init(.count, findings.brokenCount)) }
        log.add(VerifyProblem(.logRewritten, place, evidence))
    }
}

extension Receipt {
    /// Whether the leaf is in the tree of the receipt's own head.
    var isIncluded: Bool {
        leaf.epoch == head.head.epoch
            && MerkleHash.verifyInclusion(
                leaf: leaf.hash, index: Int(leaf.position) - 1, size: Int(head.head.size),
                path: path, root: head.head.root)
    }
}
