import SyncCore
import SyncProtocol

// What the entry's batch is, who signed it, and what the rules make of it.

extension JournalPass {
    /// Reads the batch, if its bytes are those that the leaf names.
    func readBatch(_ checked: inout CheckedEntry, _ entry: FoundEntry) throws {
        let place = ProblemPlace.position(entry.position)
        guard let bytes = entry.batch.bytes, let hash = entry.batch.hash else {
            return log.add(.batchDamaged, place)
        }
        if let leaf = checked.leaf, checked.isLeafProved, hash != leaf.batch {
            if let other = try locate(hash), other != entry.position {
                return log.add(.batchMoved, place, .init(.found, other))
            }
            return log.add(
                .batchAltered, place, .init(.expected, leaf.batch), .init(.found, hash))
        }
        let stored = Signature(bytes: entry.signature)
        guard let signature = checked.isLeafProved ? checked.leaf?.signature : stored else {
            return log.add(.signatureInvalid, place, .init(.reason, "form"))
        }
        do throws(BatchFault) {
            if let sealed = entry.batch.sealed(signature) {
                checked.batch = sealed
            } else {
                checked.batch = try SealedBatch(bytes: bytes, signature: signature)
            }
            checked.hash = hash
        } catch {
            log.add(.batchInvalid, place, .init(.reason, error.kind.rawValue))
        }
    }

    /// Checks chain and signature, replays, and compares the leaf with what comes of it.
    func judge(_ checked: inout CheckedEntry, _ entry: FoundEntry) throws {
        defer { noteChain(checked) }
        batches += 1
        if let leaf = checked.leaf {
            quarantined += Int64(leaf.verdict.quarantined.count)
            suspect += Int64(leaf.verdict.effective.count)
            repeats += Int64(leaf.verdict.repeats.count)
            if leaf.earlier != nil { reoffered += 1 }
            if leaf.isAdopting { adopting += 1 }
        }
        guard let batch = checked.batch, let hash = checked.hash else {
            endReplay(before: entry.position)
            chains.forget()
            return reportLeaf(&checked, derived: nil, entry)
        }
        changes += Int64(batch.count)
        let isNext = checkChain(batch, entry.position)
        let author = try replay.author(batch.device)
        // What the hub did not sign for and nobody's chain leads to is no part of the log.
        guard isNext || checked.isLeafProved else {
            return reportLeaf(&checked, derived: nil, entry)
        }
        guard let author, isSigned(batch, by: author, entry) else {
            if author == nil, replayEnd == nil || isWithoutState {
                log.add(
                    .deviceUnknown, .position(entry.position), .init(.device, batch.device),
                    .init(.number, batch.number))
            }
            return reportLeaf(&checked, derived: nil, entry)
        }
        checked.isSigned = true
        let derived = try replayed(batch, hash, author, checked)
        reportLeaf(&checked, derived: derived, entry)
        checkVerdict(checked, derived)
        try checkDigest(checked)
    }

    /// - Returns: whether the batch goes on from its device's last one.
    private func checkChain(_ batch: SealedBatch, _ position: Int64) -> Bool {
        if batch.space != hub.space {
            log.add(.spaceDiffers, .position(position), .init(.found, batch.space))
        }
        guard let fault = chains.fault(of: batch) else { return true }
        let isNumber = batch.number != fault.number
        log.add(
            .chainBroken, .position(position), .init(.device, batch.device),
            .init(.number, batch.number),
            isNumber
                ? .init(.expected, fault.number)
                : .init(.expected, fault.previous),
            isNumber ? .init(.found, batch.number) : .init(.found, batch.previous))
        return false
    }

    private func noteChain(_ checked: CheckedEntry) {
        // A forged batch must not make the device's own next one look wrong.
        guard checked.isSigned || checked.isLeafProved else { return }
        if let batch = checked.batch, let hash = checked.hash {
            chains.note(batch.device, number: batch.number, hash: hash)
        } else if let leaf = checked.leaf {
            chains.note(leaf.device, number: leaf.number, hash: leaf.batch)
        }
    }

    private func isSigned(
        _ batch: SealedBatch, by author: ReplayStore.Author, _ entry: FoundEntry
    ) -> Bool {
        let position = entry.position
        let isSigned =
            batch.device == hub.hub
            ? hub.wrote(batch, at: position)
            : entry.batch.isSigned(batch, by: author.key)
                ?? author.key.verifies(batch.signature, .batch, batch.bytes)
        guard isSigned else {
            log.add(
                .signatureInvalid, .position(position), .init(.device, batch.device),
                .init(.number, batch.number))
            return false
        }
        guard !author.isRevoked else {
            log.add(
                .deviceRevoked, .position(position), .init(.device, batch.device),
                .init(.number, batch.number))
            return false
        }
        return true
    }

    /// The leaf that the rules lead to; nil if the replay has ended.
    private func replayed(
        _ batch: SealedBatch, _ hash: Hash256, _ author: ReplayStore.Author,
        _ checked: CheckedEntry
    ) throws -> Leaf? {
        let position = checked.position
        if let leaf = checked.leaf, leaf.verdict.rules > HubRules.healing {
            hasUnknownRules = true
            log.add(
                .rulesUnknown, .position(position), .init(.found, Int64(leaf.verdict.rules)),
                .init(.expected, Int64(HubRules.healing)))
            endReplay(before: position)
        }
        guard replayEnd == nil else { return nil }
        // Both are the hub's time of this moment; the head's is signed.
        let proved = checked.isLeafProved ? checked.leaf?.verdict.receivedAt : nil
        let time = proved ?? checked.head?.head.time ?? checked.leaf?.verdict.receivedAt ?? 0
        try checkHealing(batch, checked)
        let verdict = try replay.apply(
            batch, leaf: checked.leaf, hash: hash, role: author.role, hubTime: time,
            position: position)
        guard let epoch = checked.head?.head.epoch ?? checked.leaf?.epoch else { return nil }
        return Leaf(
            batch: hash, device: batch.device, number: batch.number,
            signature: batch.signature, epoch: epoch, position: position, verdict: verdict,
            common: checked.leaf?.common, earlier: checked.leaf?.earlier)
    }

    /// What a lost history is said to have had must carry the hub's own signature.
    private func checkHealing(_ batch: SealedBatch, _ checked: CheckedEntry) throws {
        let leaf = checked.leaf
        let reason: String? =
            if let lost = batch.adopts, !hub.vouches(for: lost) {
                "adopts"
            } else if let earlier = leaf?.earlier,
                earlier.leaf.earlier != nil || (try? earlier.verify(batch: batch, hub: hub)) == nil
            {
                "earlier"
            } else if let common = leaf?.common, common < 0 || common >= checked.position {
                "common"
            } else if try !replay.isFormer(batch) {
                "formerly"
            } else {
                nil
            }
        guard let reason else { return }
        log.add(
            .healingForged, .position(checked.position), .init(.reason, reason),
            .init(.device, batch.device), .init(.number, batch.number))
    }

    /// Whether an entry is the hub's own that sets right a clock that was ahead.
    func resetsClock(_ checked: CheckedEntry) -> Bool {
        guard let batch = checked.batch, batch.device == hub.hub else { return false }
        return (0..<batch.count).contains { index in
            batch.key(index).collection == HubCollection.epochs
                && ((try? batch.change(index))?.set.contains {
                    $0.name == "cause" && $0.value.value.text == "clock"
                } ?? false)
        }
    }

    /// Reports a leaf that does not lead to the signed root, and goes on from the one that does.
    private func reportLeaf(
        _ checked: inout CheckedEntry, derived: Leaf?, _ entry: FoundEntry
    ) {
        guard let head = checked.head else { return }
        if checked.isLeafProved { return checkHead(checked, head) }
        guard treeEnd == nil, !checked.isMoved else { return }
        if checked.nodes.isEmpty, let derived,
            tree.appending(derived.hash).root == head.head.root
        {
            checked.nodes = tree.append(derived.hash)
        }
        var evidence: [ProblemEvidence] = []
        if let derived, let leaf = checked.leaf, derived.hash == checked.nodes.first?.hash {
            evidence.append(
                .init(.fields, leaf.differences(from: derived).joined(separator: ", ")))
            if leaf.verdict.receivedAt != derived.verdict.receivedAt {
                evidence.append(.init(.expected, derived.verdict.receivedAt))
                evidence.append(.init(.found, leaf.verdict.receivedAt))
            }
        } else {
            evidence.append(.init(.expected, head.head.root))
            let root =
                tree.size == entry.position - 1
                ? tree.appending(MerkleHash.leaf(entry.leaf)).root : tree.root
            if root != head.head.root { evidence.append(.init(.found, root)) }
        }
        log.add(VerifyProblem(.leafAltered, .position(entry.position), evidence))
    }

    /// What a signed head says besides the root.
    private func checkHead(_ checked: CheckedEntry, _ head: SignedHead) {
        guard let leaf = checked.leaf, checked.isLeafProved else { return }
        let reason: String? =
            if head.head.epoch != leaf.epoch {
                "epoch"
            } else if head.head.time < leaf.verdict.receivedAt {
                "time"
            } else {
                nil
            }
        if let reason {
            log.add(.headForged, .position(checked.position), .init(.reason, reason))
        }
    }

    private func checkVerdict(_ checked: CheckedEntry, _ derived: Leaf?) {
        guard let leaf = checked.leaf, let derived, checked.isLeafProved else { return }
        let differing = leaf.differences(from: derived)
        guard !differing.isEmpty else { return }
        log.add(
            .verdictDiffers, .position(checked.position),
            .init(.fields, differing.joined(separator: ", ")))
    }

    /// One line where the replay leaves what the hub signed; the next when it has come back.
    private func checkDigest(_ checked: CheckedEntry) throws {
        guard replayEnd == nil, let head = checked.head else { return }
        let root = try replay.digestRoot()
        if root != head.head.digest, !isDigestOff {
            log.add(
                .digestDiffers, .position(checked.position), .init(.expected, head.head.digest),
                .init(.found, root))
        }
        isDigestOff = root != head.head.digest
    }
}
