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
            throw ValidationError(Messages.hubMoving.quotaUsage.text())
        }
    }

    func run() async throws {
        let store = try data.open()
        let found = try DeviceArguments.find(device, among: store.devices())
        var delivery = found.delivery
        let own = delivery.isOwn && !standard ? delivery : nil
        if standard || changes != nil || bytes != nil {
            delivery = try store.setQuota(
                of: found.device.id, changes: changes ?? own?.changesLimit,
                bytes: bytes ?? own?.bytesLimit)
        }
        let console = Console.current
        if globals.isJSON {
            return console.print(["device": .string(found.device.id.hex), "quota": delivery.json])
        }
        console.print(
            Messages.hubMoving.quotaShown.text([
                "name": found.device.name, "changes": delivery.changes,
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
