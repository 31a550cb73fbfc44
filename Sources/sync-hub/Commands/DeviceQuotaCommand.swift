import ArgumentParser
import CommandKit
import SyncCore
import SyncHub
import SyncStore

/// `device quota DEVICE`: what a device delivered today, and may.
struct DeviceQuotaCommand: AsyncParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "quota", abstract: Messages.hubMoving.quotaAbstract.text())
    }

    @OptionGroup var data: HubDataOptions
    @Argument(help: ArgumentHelp(Messages.hub.deviceHelp.text(), valueName: "device"))
    var device: String
    @Option(help: ArgumentHelp(Messages.hubMoving.quotaChangesHelp.text(), valueName: "count"))
    var changes: Int64?
    @Option(help: ArgumentHelp(Messages.hubMoving.quotaBytesHelp.text(), valueName: "bytes"))
    var bytes: Int64?
    @Flag(help: ArgumentHelp(Messages.hubMoving.quotaStandardHelp.text()))
    var standard = false
    @OptionGroup var globals: GlobalOptions

    func validate() throws {
        let given = [changes, bytes].compactMap(\.self)
        guard given.allSatisfy({ $0 >= 0 }), !standard || given.isEmpty else {
            throw ValidationError("0…")
        }
    }

    func run() async throws {
        let store = try data.open()
        let found = try DeviceStandingChange.find(device, in: store)
        func standing() throws -> DeviceStanding? {
            try store.devices().first { $0.device.id == found.id }
        }
        if standard {
            try store.setQuota(of: found.id, changes: nil, bytes: nil)
        } else if changes != nil || bytes != nil {
            let own = try standing().flatMap { $0.delivery.isOwn ? $0.delivery : nil }
            try store.setQuota(
                of: found.id, changes: changes ?? own?.changesLimit, bytes: bytes ?? own?.bytesLimit
            )
        }
        guard let delivery = try standing()?.delivery else { return }
        let console = Console.current
        if globals.isJSON {
            return console.print(["device": .string(found.id.hex), "quota": delivery.json])
        }
        console.print(
            Messages.hubMoving.quotaShown.text([
                "name": found.name, "changes": delivery.changes,
                "changes_limit": delivery.changesLimit, "bytes": ByteCount.text(delivery.bytes),
                "bytes_limit": ByteCount.text(delivery.bytesLimit),
            ]))
    }
}

extension Delivery {
    /// As `device list --json` shows it.
    var json: JSONOutput {
        [
            "changes": .int(Int(changes)), "bytes": .int(Int(bytes)),
            "changes_limit": .int(Int(changesLimit)), "bytes_limit": .int(Int(bytesLimit)),
            "own": .bool(isOwn),
        ]
    }
}
