import SyncCore

/// Reads a batch in one pass: form, names, limits, and the place of each change's parts.
enum BatchReader {
    struct Parts {
        var device = DeviceID(high: 0, low: 0)
        var space = SpaceID(high: 0, low: 0)
        var number: Int64 = 0
        var previous = Hash256.zero
        var sealedAt: Int64 = 0
        var changes: [ChangeSlice] = []
        var formerly: DeviceID?
        var formerlyNumber: Int64?
        var adopts: SignedHead?
    }

    /// Keys that a batch must have; others are passed over.
    private static let required: Set<String> = [
        "changes", "device", "number", "previous", "sealed_at", "space",
    ]

    /// - Parameter depth: objects around the batch.
    static func read(_ bytes: [UInt8], depth: Int = 0) throws(BatchFault) -> Parts {
        guard bytes.count <= Limits.batchBytes else { throw BatchFault(.batchTooLarge) }
        let result: Result<Parts, BatchFault> = bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer, depth: depth)
            do { return .success(try readBatch(&reader)) } catch let fault as BatchFault {
                return .failure(fault)
            } catch let error as JSONError {
                return .failure(BatchFault(error, change: nil))
            } catch {
                return .failure(BatchFault(.malformed))
            }
        }
        return try result.get()
    }

    private static func readBatch(_ reader: inout CanonicalReader) throws -> Parts {
        var parts = Parts()
        var seen: Set<String> = []
        try reader.beginObject()
        var key = try reader.nextKey(after: nil)
        while let name = key {
            seen.insert(String(decoding: reader.bytes[name], as: UTF8.self))
            try readMember(name, &reader, &parts)
            key = try reader.nextKey(after: name)
        }
        try reader.end()
        if let missing = required.subtracting(seen).sorted().first {
            throw BatchFault(.fieldMissing, detail: missing)
        }
        guard (parts.formerly == nil) == (parts.formerlyNumber == nil),
            parts.formerly == nil || parts.adopts == nil
        else { throw BatchFault(.malformed, detail: "formerly") }
        return parts
    }

    private static func readMember(
        _ name: Range<Int>, _ reader: inout CanonicalReader, _ parts: inout Parts
    ) throws {
        if reader.matches(name, "changes") {
            parts.changes = try readChanges(&reader, isAdopting: parts.adopts != nil)
        } else if reader.matches(name, "device") {
            parts.device = try readID(&reader, "device")
        } else if reader.matches(name, "number") {
            parts.number = try reader.readInteger()
            guard parts.number >= 1 else { throw BatchFault(.badNumber, detail: "number") }
        } else if reader.matches(name, "previous") {
            let text = reader.text(try reader.readText())
            guard let hash = Hash256(hex: text) else {
                throw BatchFault(.malformed, detail: "previous")
            }
            parts.previous = hash
        } else if reader.matches(name, "sealed_at") {
            parts.sealedAt = try reader.readInteger()
            guard 0...StampTime.lastMillisecond ~= parts.sealedAt else {
                throw BatchFault(.badNumber, detail: "sealed_at")
            }
        } else if reader.matches(name, "space") {
            parts.space = try readID(&reader, "space")
        } else {
            try readHealing(name, &reader, &parts)
        }
    }

    /// Members that only batches of a copy or after a restore have; others are passed over.
    private static func readHealing(
        _ name: Range<Int>, _ reader: inout CanonicalReader, _ parts: inout Parts
    ) throws {
        if reader.matches(name, "formerly") {
            parts.formerly = try readID(&reader, "formerly")
        } else if reader.matches(name, "formerly_number") {
            let number = try reader.readInteger()
            guard number >= 0 else { throw BatchFault(.badNumber, detail: "formerly_number") }
            parts.formerlyNumber = number
        } else if reader.matches(name, "adopts") {
            let range = try reader.readValue()
            guard let head = try? SignedHead(encoded: Array(reader.slice(range))) else {
                throw BatchFault(.malformed, detail: "adopts")
            }
            parts.adopts = head
        } else {
            _ = try reader.readValue()
        }
    }

    private static func readID(
        _ reader: inout CanonicalReader, _ field: String
    ) throws -> ID128 {
        let range = try reader.readText()
        let inner = reader.slice(range.lowerBound + 1..<range.upperBound - 1)
        guard let id = ID128(hexBytes: inner) else {
            throw BatchFault(.malformed, detail: field)
        }
        return id
    }

    private static func readChanges(
        _ reader: inout CanonicalReader, isAdopting: Bool
    ) throws -> [ChangeSlice] {
        var changes: [ChangeSlice] = []
        try reader.beginArray()
        while try reader.nextItem(isFirst: changes.isEmpty) {
            guard changes.count < Limits.changesPerBatch else { throw BatchFault(.tooManyChanges) }
            do {
                changes.append(try ChangeReader.read(&reader, isAdopting: isAdopting))
            } catch let error as JSONError {
                throw BatchFault(error, change: changes.count)
            } catch let fault as BatchFault {
                throw BatchFault(fault.kind, change: changes.count, detail: fault.detail)
            }
        }
        guard !changes.isEmpty else { throw BatchFault(.noChanges) }
        return changes
    }
}

extension BatchFault {
    init(_ error: JSONError, change: Int?) {
        let kind: Kind =
            switch error.reason {
            case .malformed: .malformed
            case .notCanonical: .notCanonical
            case .tooDeep: .tooDeep
            case .duplicateKey: .duplicateKey
            case .badText: .badText
            }
        self.init(kind, change: change, detail: "offset \(error.offset)")
    }
}
