import SyncCore

/// What the log says was done, as counts and sums. Of places and nights, never of people.
public struct ReportFigures: Sendable, Hashable {
    public private(set) var points = 0
    public private(set) var stops = 0
    public private(set) var activities = 0
    public private(set) var education = 0
    public private(set) var hazardsFound = 0
    public private(set) var accidentsPrevented = 0
    /// Over all collections that have the field, as are the two after it.
    public private(set) var peopleHelped = 0
    public private(set) var inquiriesAnswered = 0
    public private(set) var leafletsDistributed = 0
    /// The grids that the records name.
    public private(set) var gridNames: Set<String> = []

    public init() {}

    /// Counts one record. A value that is no whole number above zero adds nothing.
    mutating func add(collection: String, value: (String) -> Value?) {
        switch collection {
        case "points": points += 1
        case "stops": stops += 1
        case "activities": activities += 1
        case "education": education += 1
        case "hazards":
            hazardsFound += 1
            if value("accident_prevented") == .bool(true) { accidentsPrevented += 1 }
        default: return
        }
        peopleHelped += count(value("people_helped"))
        inquiriesAnswered += count(value("inquiries_answered"))
        leafletsDistributed += count(value("leaflets_distributed"))
        if let grid = value("grid")?.text, !grid.isEmpty { gridNames.insert(grid) }
    }

    private func count(_ value: Value?) -> Int { max(value?.integer ?? 0, 0) }

    mutating func merge(_ other: ReportFigures) {
        points += other.points
        stops += other.stops
        activities += other.activities
        education += other.education
        hazardsFound += other.hazardsFound
        accidentsPrevented += other.accidentsPrevented
        peopleHelped += other.peopleHelped
        inquiriesAnswered += other.inquiriesAnswered
        leafletsDistributed += other.leafletsDistributed
        gridNames.formUnion(other.gridNames)
    }

    /// Key and number, in the order of a table.
    public var entries: [(key: String, count: Int)] {
        [
            ("points", points), ("stops", stops), ("activities", activities),
            ("education", education), ("hazards_found", hazardsFound),
            ("accidents_prevented", accidentsPrevented), ("people_helped", peopleHelped),
            ("inquiries_answered", inquiriesAnswered),
            ("leaflets_distributed", leafletsDistributed), ("grids", gridNames.count),
        ]
    }

    /// What people call the figure of a key; nil for another key.
    public static func label(of key: String) -> BilingualText? {
        labels[key]
    }

    private static let labels: [String: BilingualText] = [
        "points": BilingualText(en: "Patrol points", zh: "巡防点位"),
        "stops": BilingualText(en: "Patrol stops", zh: "巡逻停留"),
        "activities": BilingualText(en: "Volunteer activities", zh: "志愿活动"),
        "education": BilingualText(en: "Education sessions", zh: "宣传教育"),
        "hazards_found": BilingualText(en: "Hazards found", zh: "发现隐患"),
        "accidents_prevented": BilingualText(en: "Accidents prevented", zh: "预防事故"),
        "people_helped": BilingualText(en: "People helped", zh: "帮助群众"),
        "inquiries_answered": BilingualText(en: "Inquiries answered", zh: "接受咨询"),
        "leaflets_distributed": BilingualText(en: "Leaflets distributed", zh: "发放资料"),
        "grids": BilingualText(en: "Grids", zh: "网格"),
    ]
}
