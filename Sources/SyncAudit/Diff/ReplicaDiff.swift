public import SyncCore
public import SyncProtocol

/// Compares two sides, whatever they are.
public enum ReplicaDiff {
    /// - Parameter hubKey: the key that a hub's answers must be signed by; nil: the one that the
    ///   other side pins.
    /// - Throws: `StoreError`, `DiffFault`; for a hub's address also `TransportFault`,
    ///   `ForeignAnswer` and `WireError`.
    public static func run(
        _ a: AuditSource, _ b: AuditSource, scope: DiffScope = DiffScope(),
        hubKey: PublicKey? = nil, environment: Environment
    ) async throws -> DiffResult {
        var result = DiffResult(try facts(a), try facts(b), limit: scope.recordLimit)
        if case .file(let first) = a, case .file(let second) = b {
            let key = environment.randomBytes(FileComparison.keyBytes)
            let comparison = try await FileComparison(first, second, scope: scope, key: key)
            try comparison.run(into: &result)
        } else {
            let comparison = DigestComparison(
                a: try await a.digest(
                    pinnedBy: b.file.map { try SideFacts($0) }, key: hubKey, scope: scope,
                    environment: environment),
                b: try await b.digest(
                    pinnedBy: a.file.map { try SideFacts($0) }, key: hubKey, scope: scope,
                    environment: environment),
                scope: scope)
            result = try await comparison.run(from: result)
            let hubs = [comparison.a, comparison.b].compactMap { $0 as? HubReader }
            if hubs.contains(where: { !$0.isPinned }) {
                result.notChecked.insert(.hubKeyNotPinned)
            }
        }
        for file in [a.file, b.file].compactMap(\.self) where try !file.isUnchanged() {
            throw DiffFault(.changedWhileRead, name: file.name)
        }
        return finished(result)
    }

    private static func facts(_ source: AuditSource) throws -> SideFacts {
        switch source {
        case .file(let file): try SideFacts(file)
        case .address(let url, _, _): SideFacts(name: url, kind: .address)
        }
    }

    static func finished(_ result: DiffResult) -> DiffResult {
        var result = result
        result.finish()
        if let first = result.a.space, let second = result.b.space, first != second {
            result.notChecked.insert(.differentSpaces)
        }
        if let first = result.a.epoch, let second = result.b.epoch, first != second {
            result.notChecked.insert(.differentEpochs)
        }
        return result
    }
}
