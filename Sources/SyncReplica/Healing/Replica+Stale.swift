public import SyncCore
public import SyncProtocol
import SyncStore

// Records whose hub's state the pull did not bring. Source: Protocol/README.md §11.2.

extension Replica {
    /// Names of records whose hub's state is to be had, as many as one request takes.
    public func staleKeys() throws -> [RecordKey] {
        try file.read { try AsideTable($0).staleKeys(limit: Limits.namedRecords) }
    }

    /// Takes the hub's verified records of these names.
    ///
    /// - Returns: false if the answer is older than what the device has seen; nothing was changed.
    public func take(_ answer: FoundAnswer, for keys: [RecordKey]) throws -> Bool {
        try file.write { store in
            let held = try MetaTable(store).blob(ReplicaKey.head)
                .map { try SignedHead(encoded: $0).head }
            guard answer.head.head.size >= held?.size ?? 0 else { return false }
            let records = RecordTable(store)
            let aside = AsideTable(store)
            let overlay = try Overlay(store, device: try Self.deviceID(store))
            var newest = StampTime.zero
            var found: [RecordKey: (state: RecordState, position: Int64)] = [:]
            try answer.records.withUnsafeBytes { buffer in
                for slice in try RecordListReader.read(buffer) {
                    let fields = UnsafeRawBufferPointer(rebasing: buffer[slice.fields])
                    let state = try RecordState(slice.key, fields: fields, clock: slice.clock)
                    found[slice.key] = (state, slice.position)
                    newest = max(newest, slice.clock.newest.time)
                }
            }
            try Self.see(newest, store)
            for key in answer.answered(of: keys) {
                if found[key] == nil, let shown = try records.record(key),
                    try Self.isUnchanged(shown, aside, overlay)
                {
                    continue
                }
                guard var row = try aside.row(key), !row.isKnown else { continue }
                (row.hub, row.isKnown) = (found[key]?.state, true)
                try Self.show(row, at: found[key]?.position, records, overlay)
                if row.held == nil { try aside.remove(key) } else { try aside.know(row) }
            }
            try MovedTable(store).note(found.map { ($0.key, $0.value.position) }, head: nil)
            try records.finish()
            return true
        }
    }

    /// Notes that the hub lacks a record, where that changes nothing of what is shown.
    private static func isUnchanged(
        _ shown: StoredRecord, _ aside: AsideTable, _ overlay: Overlay
    ) throws -> Bool {
        guard shown.position == 0 else { return false }
        if !overlay.names(shown.key) { return try aside.noteLacking(shown) }
        return try overlay.wrote(shown) && aside.removeAsked(shown.key)
    }

    /// Shows what the hub holds of a record, what is held aside over it, and pending changes over
    /// that; takes the record away if none of them says anything.
    ///
    /// - Parameter position: nil: the hub does not have it.
    static func show(
        _ row: AsideTable.Row, at position: Int64?, _ records: RecordTable, _ overlay: Overlay
    ) throws {
        var state = row.hub ?? RecordState(row.key)
        if let held = row.held { state.merge(held) }
        let shown = overlay.laid(over: state)
        if !shown.fields.isEmpty {
            try records.put(shown, position: position ?? 0)
        } else if let stored = try records.record(row.key) {
            try records.remove(stored)
        }
    }
}
