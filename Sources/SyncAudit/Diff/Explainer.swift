import SyncCore

/// Finds the causes of differences from what the sides' files know; other sides know nothing.
struct Explainer {
    let a: ScannedFile?
    let b: ScannedFile?
    /// Writes that a side which is no file has not delivered yet.
    var pending: Set<Writing> = []

    private struct Sides {
        let a: EvidenceReader?
        let b: EvidenceReader?
        var evidenceA = SideEvidence()
        var evidenceB = SideEvidence()

        func finder(_ result: DiffResult) -> CauseFinder {
            CauseFinder(a: (result.a, evidenceA), b: (result.b, evidenceB))
        }
    }

    /// Adds the differences of one group of records to the result.
    ///
    /// - Parameter loaded: the rows of each side that is a file, with their buckets' sums.
    func explain(
        _ pairs: [RecordPair], loaded: (a: LoadedRows?, b: LoadedRows?),
        into result: inout DiffResult
    ) throws {
        guard !pairs.isEmpty else { return }
        let facts = (a: result.a, b: result.b)
        var sides = Sides(
            a: a.map { EvidenceReader($0.file, facts.a, pairs, isA: true) },
            b: b.map { EvidenceReader($0.file, facts.b, pairs, isA: false) })
        if a == nil { sides.evidenceA.pending = pending }
        if b == nil { sides.evidenceB.pending = pending }
        if let a, let found = try sides.a?.read(a) { sides.evidenceA = found }
        if let b, let found = try sides.b?.read(b) { sides.evidenceB = found }
        if let rows = loaded.a {
            sides.evidenceA.altered = AlteredRows.keys(of: pairs, rows, isA: true)
        }
        if let rows = loaded.b {
            sides.evidenceB.altered = AlteredRows.keys(of: pairs, rows, isA: false)
        }
        try Self.settle(pairs, &sides, into: &result)
    }

    /// Receipts are read only if something is not explained without them.
    private static func settle(
        _ pairs: [RecordPair], _ sides: inout Sides, into result: inout DiffResult
    ) throws {
        var differences = pairs.map(sides.finder(result).difference)
        if !differences.allSatisfy(isSettled) {
            try sides.a?.addRulings(to: &sides.evidenceA)
            try sides.b?.addRulings(to: &sides.evidenceB)
            differences = pairs.map(sides.finder(result).difference)
        }
        for difference in differences { result.add(difference) }
        if sides.evidenceA.isUnreadable || sides.evidenceB.isUnreadable {
            result.notChecked.insert(.evidenceUnreadable)
        }
    }

    /// Whether no receipt could change the cause.
    private static func isSettled(_ difference: RecordDifference) -> Bool {
        let plain: Set<DifferenceCause> = [.pendingA, .pendingB, .held]
        return [.alteredA, .alteredB].contains(difference.cause)
            || difference.fields.allSatisfy { plain.contains($0.cause) }
    }
}
