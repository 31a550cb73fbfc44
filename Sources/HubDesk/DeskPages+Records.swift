import OutreachOutput
import OutreachSchema
import SyncCore
import SyncProtocol
import SyncReplica
import SyncStore

/// The records of a collection: searched, filtered, a line each.
extension DeskPages {
    func records(_ query: DeskForm) async throws -> [String: Any] {
        let (replica, zone) = try await desk.current()
        let name = query["collection"] ?? CollectionDescription.stops.name
        guard let collection = Schema.outreach.collection(named: name) else {
            throw DeskFault.missing
        }
        let search = (query["q"] ?? "").lowercased()
        let showsDeleted = query["deleted"] == "1"
        let asked = try DeskPeriod(query, fallback: nil, language: language)
        let period = ReplicaPeriod(
            replica, zone: zone, from: asked.from, through: asked.through)
        let writer = query["device"].flatMap { DeviceID(hex: $0) }
        let names = try deviceNames(replica)
        var found: [RecordView] = []
        var more = false
        func note(_ view: RecordView) {
            guard view.isDeleted == showsDeleted, period.holds(view.values, of: collection),
                writer.map({ Self.writer(of: view) == $0 }) ?? true,
                matches(view, search, collection, zone)
            else { return }
            found.append(view)
            if found.count > Self.rowLimit {
                found.removeFirst()
                more = true
            }
        }
        if showsDeleted {
            try replica.eachRecord(in: name, note)
        } else {
            try period.eachRecord(near: collection, note)
        }
        return [
            "collection": name, "label": label(name), "q": query["q"] ?? "",
            "deleted": showsDeleted, "more": more, "query": asked.query,
            "has_time": collection.eventTimeField != nil,
            "from": asked.from.map { "\($0)" } ?? "",
            "to": asked.through.map { "\($0)" } ?? "",
            "forms": Self.forms(of: collection),
            "writers": names.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map { device in
                ["id": device.key.hex, "name": device.value, "here": device.key == writer]
                    as [String: Any]
            },
            "collections": Schema.outreach.collections.map {
                ["name": $0.name, "label": $0.label[labels], "here": $0.name == name]
                    as [String: Any]
            },
            "columns": collection.listColumns.map { fieldLabel($0, name) },
            "rows": try found.reversed().map { try row($0, names, zone) },
        ]
    }

    /// Whose its newest value is.
    private static func writer(of view: RecordView) -> DeviceID? {
        view.state.clock?.device
    }

    /// The files in which a collection can be had.
    static func forms(of collection: CollectionDescription) -> [[String: Any]] {
        DeskExport.Form.allCases
            .filter { $0 != .geojson || DeskExport.hasPlaces(collection) }
            .map {
                [
                    "ending": $0.rawValue,
                    "label": $0 == .geojson ? "GeoJSON" : $0.rawValue.uppercased(),
                ]
            }
    }

    private func matches(
        _ view: RecordView, _ search: String, _ collection: CollectionDescription, _ zone: ZoneRules
    ) -> Bool {
        guard !search.isEmpty else { return true }
        if view.key.id.hex.hasPrefix(search) { return true }
        return view.values.contains { field, value in
            shown(value, field, collection.name, zone).lowercased().contains(search)
        }
    }

    /// A record as a line of a list.
    func row(
        _ view: RecordView, _ names: [DeviceID: String], _ zone: ZoneRules
    ) throws -> [String: Any] {
        let name = view.key.collection
        let collection = Schema.outreach.collection(named: name)
        let writer = Self.writer(of: view)
        return [
            "id": view.key.id.hex, "collection": name,
            "who": writer.flatMap { names[$0] } ?? "–",
            "cells": (collection?.listColumns ?? []).map {
                shown(view.values[$0], $0, name, zone)
            },
        ]
    }
}
