extension CollectionDescription {
    /// Public-education sessions, one record each.
    public static let education = CollectionDescription(
        "education", "Education sessions", "宣传教育", eventTime: "held_at",
        listColumns: [
            "held_at", "topic", "method", "place", "attendees", "leaflets_distributed",
            "inquiries_answered", "grid", "audience", "note",
        ],
        fields: [
            FieldDescription(
                "topic",
                .open(
                    .init("fraud", "fraud prevention", "防诈骗", "反诈", "防诈"),
                    .init("theft", "theft prevention", "防盗"),
                    .init("pickpocketing", "pickpocket prevention", "防扒"),
                    .init("cost_of_fighting", "the cost of a fight", "打架成本"),
                    .init("fire_safety", "fire safety", "消防安全", "消防"),
                    .init("epidemic_control", "epidemic control", "疫情防控")),
                "Topic", "主题", headers: ["宣传主题"], isRequired: true, isRepeatable: true),
            FieldDescription(
                "method",
                .open(
                    .init("leaflets", "leaflets", "发放传单", "传单", "发传单"),
                    .init("stall", "stall", "摆摊"),
                    .init("door_to_door", "door to door", "入户", "上门"),
                    .init("talk", "talk", "讲座"),
                    .init("chat_group", "chat group", "微信群")),
                "Method", "方式", headers: ["宣传方式"], isRepeatable: true),
            FieldDescription(
                "audience",
                .open(
                    .init("residents", "residents", "居民"),
                    .init("merchants", "merchants", "商户", "店主"),
                    .init("students", "students", "学生"),
                    .init("older_people", "older people", "老年人", "老人"),
                    .init("visitors", "visitors", "游客")),
                "Audience", "对象", headers: ["宣传对象", "受众"], isRepeatable: true),
            .grid, .place,
            FieldDescription(
                "held_at", .time, "Held at", "时间", headers: ["held", "宣传时间", "举办时间"],
                isRequired: true),
            FieldDescription(
                "attendees", .integer(maximum: 1_000_000), "Attendees", "参加人数",
                headers: ["人数", "参与人数"]),
            FieldDescription(
                "leaflets_distributed", .integer(maximum: 1_000_000), "Leaflets distributed",
                "发放资料", headers: ["leaflets", "发放传单", "发放份数"]),
            .inquiriesAnswered, .note,
        ])
}
