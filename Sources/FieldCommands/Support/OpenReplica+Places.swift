import OutreachSchema
import SyncCore
import SyncReplica

extension OpenReplica {
    /// The point of a code, looked up by the id that follows from it.
    func point(code: String) throws -> KnownPoint? {
        let key = RecordKey(
            CollectionDescription.points.name, ImportIdentity.point(code: code))
        guard let view = try replica.record(key), !view.isDeleted else { return nil }
        return KnownPoint(view.values)
    }

    /// Whether the operator's list has come to this device: counted with each write.
    func hasPointList() throws -> Bool {
        try replica.counts()[CollectionDescription.points.name] ?? 0 > 0
    }

    /// Every point of the operator's list.
    func allPlaces() throws -> PlaceDirectory {
        guard try hasPointList() else { return .empty }
        var points: [KnownPoint] = []
        try replica.eachRecord(ofFewIn: CollectionDescription.points.name) { view in
            guard !view.isDeleted, let point = KnownPoint(view.values) else { return }
            points.append(point)
        }
        return PlaceDirectory(points)
    }

    /// What the texts of an entry need: a whole code alone spares reading the list.
    func places(for texts: [String: String]) throws -> PlaceDirectory {
        let typed = texts.filter { ["point", "grid"].contains($0.key) && !$0.value.isEmpty }
        guard !typed.isEmpty else { return .empty }
        if typed["grid"] == nil, let text = typed["point"],
            let code = ValueReader.code(text), let point = try point(code: code), point.isActive
        {
            return PlaceDirectory([point])
        }
        return try allPlaces()
    }
}

extension KnownPoint {
    /// Nil for a record without a code.
    init?(_ values: [String: Value]) {
        guard let code = values["code"]?.text else { return nil }
        self.init(
            code: code, name: values["name"]?.text ?? "", grid: values["grid"]?.text,
            isActive: values["active"] != .bool(false), place: Place(values))
    }
}

extension KnownPoint.Place {
    fileprivate init?(_ values: [String: Value]) {
        guard case .number(let lat)? = values["lat"], case .number(let lon)? = values["lon"] else {
            return nil
        }
        self.init(lat: lat, lon: lon)
    }
}
