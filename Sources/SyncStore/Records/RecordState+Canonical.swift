package import SyncCore
import SyncProtocol

extension RecordState {
    /// Reads a canonical state.
    ///
    /// - Throws: `JSONError`.
    package init(canonical bytes: [UInt8]) throws {
        self = try bytes.withUnsafeBytes { buffer in
            var reader = CanonicalReader(buffer)
            let slice = try RecordListReader.readState(&reader, position: 0)
            return try RecordState(
                slice.key, fields: UnsafeRawBufferPointer(rebasing: buffer[slice.fields]),
                clock: slice.clock)
        }
    }
}
