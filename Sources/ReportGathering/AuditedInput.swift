import AuditReport
import OutreachSchema
import SyncAudit
import SyncCore
import SyncProtocol

/// One input of a report with its figures.
struct AuditedInput {
    /// As the person gave it.
    let name: String
    let file: AuditFile
    /// Whether `file` is a copy: its bytes are not those that the person has.
    let isCopy: Bool
    let space: AuditedSpace
    let figures: FileFigures
    let records: RecordFigures
    let report: OutreachReport
    let coverage: CoverageMap

    /// - Throws: `StoreError`.
    init(_ path: String, shown name: String) throws {
        self.name = name
        isCopy = path != name
        file = try AuditFile(path)
        space = try AuditedSpace(file)
        figures = try FileFigures(file)
        var builder = ReportBuilder(zone: space.zone)
        var tally = CoverageTally(zone: space.zone)
        records = try RecordFigures(file) { state in
            let collection = state.key.collection
            let value = { (name: String) in state[name]?.value.value }
            builder.add(collection: collection, value: value)
            tally.add(collection: collection, value: value)
        }
        report = builder.build()
        coverage = tally.map(newest: max(records.newest, figures.heads.first?.head.time ?? 0))
    }

    /// - Throws: `StoreError`.
    func described() throws -> ReportInput {
        var input = ReportInput(name: name, kind: file.isHub ? .hub : .replica)
        if !isCopy {
            let hashes = try file.hashes()
            input.facts.append(.init(.fileHash, .code(hashes.file.hex)))
            if let log = hashes.log { input.facts.append(.init(.logHash, .code(log.hex))) }
        }
        if !space.names.name.isEmpty {
            input.facts.append(.init(.spaceName, .text(space.names.name)))
        }
        if let id = figures.space { input.facts.append(.init(.space, .code(id.hex))) }
        if let key = figures.hubKey { input.facts.append(.init(.hubKey, .code(key.hex))) }
        if let name = figures.deviceName { input.facts.append(.init(.deviceName, .text(name))) }
        if let device = figures.device { input.facts.append(.init(.device, .code(device.hex))) }
        if let role = figures.role { input.facts.append(.init(.role, .code(role))) }
        if let time = figures.lastSync { input.facts.append(.init(.lastSync, .time(time))) }
        if let digest = figures.digest { input.facts.append(.init(.digest, .code(digest.hex))) }
        input.facts.append(.init(.batches, .count(figures.log.rows)))
        input.heads = figures.heads.map { signed in
            ReportInput.Head(
                size: signed.head.size, epoch: signed.head.epoch.hex, root: signed.head.root.hex,
                digest: signed.head.digest.hex, time: signed.head.time)
        }
        return input
    }

    /// By device id.
    var lags: [DeviceLag] {
        figures.log.devices.map { device in
            DeviceLag(
                device: device.device.hex, name: space.names.devices[device.device] ?? "",
                isRevoked: device.isRevoked, changes: device.changes,
                median: device.medianLag ?? 0, largest: device.largestLag ?? 0,
                lastPosition: device.lastPosition, lastSeen: device.lastSeen)
        }
    }
}
