extension CollectionDescription {
    /// A patrol's visits to points. Never a person stopped.
    public static let stops = CollectionDescription(
        "stops", "Patrol stops", "巡逻停留", eventTime: "arrived_at",
        spans: [TimeSpan(start: "arrived_at", end: "left_at")],
        listColumns: [
            "arrived_at", "point", "mode", "left_at", "people_helped", "inquiries_answered",
            "grid", "team_size", "note",
        ],
        fields: [
            FieldDescription(
                "point", .pointCode, "Point", "点位", headers: ["点位编号", "point code"],
                isRequired: true, isRepeatable: true),
            .grid,
            FieldDescription(
                "mode",
                .closed(
                    .init("foot", "on foot", "步巡", "walk", "walking", "步行", "徒步"),
                    .init("vehicle", "by vehicle", "车巡", "car", "驾车", "汽车"),
                    .init("bicycle", "by bicycle", "骑巡", "bike", "cycling", "骑行", "电动车")),
                "Mode", "方式", headers: ["巡逻方式"], isRepeatable: true),
            FieldDescription(
                "arrived_at", .time, "Arrived at", "到达时间", headers: ["arrived", "到达", "时间"],
                isRequired: true),
            FieldDescription("left_at", .time, "Left at", "离开时间", headers: ["left", "离开"]),
            FieldDescription(
                "team_size", .integer(maximum: 1_000), "Team size", "人数",
                headers: ["巡逻人数", "队伍人数"], isRepeatable: true),
            .peopleHelped, .inquiriesAnswered, .note,
        ])
}
