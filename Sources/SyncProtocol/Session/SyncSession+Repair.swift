// What a session does when everything was exchanged and the digests still differ.
// Source: Protocol/README.md §8.6.

extension SyncSession {
    /// How often a descent is begun in one session: each needs a head that does not move while it
    /// lasts, and on a busy hub the next sync is as good a time as this one.
    private static let descentLimit = 3

    /// The session could end here; it does unless the digests differ.
    mutating func afterComparison() -> Directive {
        guard isDifferent, descentCount < Self.descentLimit else { return end(.finish) }
        descentCount += 1
        phase = .descending
        return .recount
    }

    mutating func handleRepair(_ event: Event) -> Directive {
        switch event {
        case .recounted(let found):
            descent = found
            return descend()
        case .node(let answer): return take { $0.take(answer) }
        case .bucket(let answer): return take { $0.take(answer) }
        case .repaired(let isEqual):
            isDifferent = !isEqual
            return descend()
        default: preconditionFailure("\(event) is not of a repair")
        }
    }

    private mutating func take(
        _ body: (inout DigestDescent) -> DigestDescent.Finding
    ) -> Directive {
        guard phase == .descending, var present = descent else { return end(.finish) }
        let finding = body(&present)
        descent = present
        return switch finding {
        case .taken: descend()
        case .moved: pullAgain()
        case .contradiction: end(.finishContradicted)
        }
    }

    private mutating func descend() -> Directive {
        guard var present = descent else { return end(.finish) }
        let step = present.next(mayPullAfresh: !hasPulledAfresh)
        descent = present
        switch step {
        case .node(let node): return .fetchNode(node)
        case .bucket(let bucket): return .fetchBucket(bucket)
        case .repair(let answers): return .repair(answers)
        case .afresh:
            hasPulledAfresh = true
            _ = pullAgain()
            return .repairAfresh
        case .done: return end(.finish)
        }
    }
}
