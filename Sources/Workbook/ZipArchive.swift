import CMinizip

/// The parts of a workbook's zip file, read through minizip.
final class ZipArchive {
    /// More is no sheet that a neighbourhood keeps, but a bomb (ECMA-376 has no limit of its own).
    static let unpackedLimit = 512 << 20
    private static let chunk = 1 << 16

    private let file: unzFile
    private var unpacked = 0

    /// - Throws: `WorkbookFault`.
    init(path: String) throws(WorkbookFault) {
        guard let file = unzOpen64(path) else { throw WorkbookFault(.notAWorkbook, path) }
        self.file = file
    }

    deinit { unzClose(file) }

    /// Calls `body` with one piece of a part after the other; false if there is no such part.
    func read(
        _ name: String, _ body: (UnsafeRawBufferPointer, _ isLast: Bool) throws -> Void
    ) throws -> Bool {
        guard unzLocateFile(file, name, 2) == UNZ_OK, unzOpenCurrentFile(file) == UNZ_OK else {
            return false
        }
        defer { unzCloseCurrentFile(file) }
        var buffer = [UInt8](repeating: 0, count: Self.chunk)
        while true {
            let count = unzReadCurrentFile(file, &buffer, UInt32(Self.chunk))
            guard count >= 0 else { throw WorkbookFault(.notAWorkbook, name) }
            unpacked += Int(count)
            guard unpacked <= Self.unpackedLimit else { throw WorkbookFault(.tooLarge, name) }
            try buffer.withUnsafeBytes {
                try body(UnsafeRawBufferPointer(rebasing: $0[..<Int(count)]), count == 0)
            }
            if count == 0 { return true }
        }
    }
}
