public import SyncCore
public import SyncProtocol

/// Compares two sides, whatever they are.
public enum ReplicaDiff {
    /// - Parameters:
    ///   - hubKey: the key that a hub's answers must be signed by; nil: the one that the other side
    ///     pins.
    ///   - asking: what a hub's address is asked for.
    /// - Throws: `StoreError`, `DiffFault`; for a hub's address also `TransportFault`,
    ///   `ForeignAnswer` and `WireError`.
    public static func run(
        _ a: AuditSource, _ b: AuditSource, scope: DiffScope = DiffScope(),
        hubKey: PublicKey? = nil, asking: HubReader.Asking = .pages, environment: Environment
    ) async throws -> DiffResult {
        var result = DiffResult(try facts(a), try facts(b), limit: scope.recordLimit)
        if case .file(let first) = a, case .file(let second) = b {
            let key = environment.randomBytes(FileComparison.keyBytes)
            let comparison = try await FileComparison(first, second, scope: scope, key: key)
            try comparison.run(into: &result)
        } else {
            result = try await remote(a, b, scope, hubKey, asking, environment, from: result)
        }
        for file in [a.file, b.file].compactMap(\.self) where try !file.isUnchanged() {
            throw DiffFault(.changedWhileRead, name: file.name)
        }
        return finished(result)
    }

    private static func remote(
        _ a: AuditSource, _ b: AuditSource, _ scope: DiffScope, _ hubKey: PublicKey?,
        _ asking: HubReader.Asking, _ environment: Environment, from empty: DiffResult
    ) async throws -> DiffResult {
        // Of what a bundle does not name nothing is compared.
        let isBundle = [a, b].contains { if case .bundle = $0 { true } else { false } }
        let asking = isBundle ? .digest : asking
        let first = try await a.digest(
            pinnedBy: b.file, key: hubKey, scope: scope, asking: asking,
            environment: environment)
        let second = try await b.digest(
            pinnedBy: a.file, key: hubKey, scope: scope, asking: asking,
            environment: environment)
        var result = empty
        if first is BundleContent || second is BundleContent {
            try await compareBundle(first, second, scope, into: &result)
        } else {
            let comparison = DigestComparison(a: first, b: second, scope: scope)
            result = try await comparison.run(from: empty)
            for case let hub as HubReader in [first, second] {
                try await hub.expectItsDigest(unless: !result.isIdentical)
                if asking == .digest { result.notChecked.insert(.valuesNotFetched) }
            }
        }
        if [first, second].contains(where: { ($0 as? HubReader)?.isPinned == false }) {
            result.notChecked.insert(.hubKeyNotPinned)
        }
        return result
    }

    private static func compareBundle(
        _ first: any DigestSource, _ second: any DigestSource, _ scope: DiffScope,
        into result: inout DiffResult
    ) async throws {
        result.notChecked.insert(.bundleIsPartial)
        for (content, isA) in [(first, true), (second, false)] {
            guard let bundle = content as? BundleContent else { continue }
            if isA { result.a.read(bundle) } else { result.b.read(bundle) }
            if !bundle.isPinned { result.notChecked.insert(.hubKeyNotPinned) }
            if !bundle.areBatchesVerified { result.notChecked.insert(.batchesNotVerified) }
        }
        if let bundle = first as? BundleContent {
            try await BundleComparison(bundle: bundle, other: second, isA: true, scope: scope)
                .run(into: &result)
        } else if let bundle = second as? BundleContent {
            try await BundleComparison(bundle: bundle, other: first, isA: false, scope: scope)
                .run(into: &result)
        }
        if let hub = first as? HubReader { result.a = await hub.facts() }
        if let hub = second as? HubReader { result.b = await hub.facts() }
    }

    private static func facts(_ source: AuditSource) throws -> SideFacts {
        switch source {
        case .file(let file): try SideFacts(file)
        case .address(let url, _, _): SideFacts(name: url, kind: .address)
        case .bundle(let path): SideFacts(name: path, kind: .bundle)
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
