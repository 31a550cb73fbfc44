import SyncCore
import SyncProtocol
import SyncStore

/// What a hub's file says of its journal beside it.
struct HubMeta {
    let store: StoreConnection
    let log: ProblemLog

    /// Compares it with the journal's last entry.
    func compare(with pass: JournalPass) throws {
        let meta = MetaTable(store)
        if let last = pass.epochs.last, try meta.blob(HubKey.epoch) != last.epoch.bytes {
            log.add(
                .rowDiffers, .file, .init(.column, "meta.\(HubKey.epoch)"),
                .init(.expected, last.epoch))
        }
        try pass.checkSuccession()
        guard let head = pass.lastHead?.head, head.size == pass.last else { return }
        let time = try meta.integer(HubKey.lastReceivedAt) ?? 0
        if time != head.time {
            log.add(
                .rowDiffers, .file, .init(.column, "meta.\(HubKey.lastReceivedAt)"),
                .init(.expected, head.time), .init(.found, time))
        }
    }
}
