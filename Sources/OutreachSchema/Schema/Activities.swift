extension CollectionDescription {
    /// Volunteer activities, one record each.
    public static let activities = CollectionDescription(
        "activities", "Volunteer activities", "志愿活动", eventTime: "started_at",
        spans: [TimeSpan(start: "started_at", end: "ended_at")],
        listColumns: [
            "started_at", "kind", "organisation", "place", "people_helped",
            "inquiries_answered", "volunteers", "grid", "ended_at", "note",
        ],
        fields: [
            FieldDescription(
                "kind",
                .open(
                    .init("patrol", "patrol", "巡逻", "巡防"),
                    .init("outreach", "outreach", "宣传"),
                    .init("dispersal", "asking to move on", "劝离"),
                    .init("mediation", "mediation", "调解"),
                    .init("escort", "escort", "护送")),
                "Kind", "活动", headers: ["activity", "活动类型", "活动类别"], isRequired: true,
                isRepeatable: true),
            FieldDescription(
                "organisation", .shortText, "Organisation", "组织",
                headers: ["organization", "志愿组织", "队伍"], isRepeatable: true),
            .grid, .place,
            FieldDescription(
                "started_at", .time, "Started at", "开始时间", headers: ["start", "started", "开始"],
                isRequired: true),
            FieldDescription(
                "ended_at", .time, "Ended at", "结束时间", headers: ["end", "ended", "结束"]),
            FieldDescription(
                "volunteers", .integer(maximum: 10_000), "Volunteers", "志愿者人数",
                headers: ["志愿者", "人数"], isRepeatable: true),
            .peopleHelped, .inquiriesAnswered, .note,
        ])
}
