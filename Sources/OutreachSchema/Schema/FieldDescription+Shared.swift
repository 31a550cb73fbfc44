/// Fields that several collections have in common.
extension FieldDescription {
    /// A base grid or trade-area grid of the neighbourhood.
    static let grid = FieldDescription(
        "grid", .grid, "Grid", "网格", headers: ["网格编号"], isRepeatable: true)

    /// Where it took place, in words.
    static let place = FieldDescription(
        "place", .shortText, "Place", "地点", headers: ["location", "位置"], isRepeatable: true)

    static let peopleHelped = FieldDescription(
        "people_helped", .integer(maximum: 100_000), "People helped", "帮助群众",
        headers: ["helped", "帮助人数", "救助群众"])

    static let inquiriesAnswered = FieldDescription(
        "inquiries_answered", .integer(maximum: 100_000), "Inquiries answered", "接受咨询",
        headers: ["inquiries", "咨询", "解答咨询"])

    static let note = FieldDescription(
        "note", .longText, "Note", "备注", headers: ["notes", "remark", "remarks", "说明"])
}
