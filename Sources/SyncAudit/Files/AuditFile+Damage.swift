import SyncCore
import SyncProtocol
import SyncStore

extension AuditFile {
    /// Runs `body` in one read transaction. Content that cannot be understood is told as damage
    /// of this file.
    ///
    /// - Throws: `StoreError` with this file's path; other errors of `body` as they are.
    func examine<T>(_ body: (StoreConnection) throws -> T) throws -> T {
        do {
            return try read(body)
        } catch let error as StoreError {
            throw StoreError(error.kind, path: path, detail: error.detail)
        } catch let error as JSONError {
            throw damage("\(error.reason) at \(error.offset)")
        } catch let error as BatchFault {
            throw damage("batch: \(error.kind)")
        } catch let error as MessageFault {
            throw damage("\(error.message).\(error.member)")
        }
    }

    private func damage(_ detail: String) -> StoreError {
        StoreError(.corrupt, path: path, detail: detail)
    }
}
