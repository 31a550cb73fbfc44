extension CollectionDescription {
    /// Hazards found, handed to the right department, followed up.
    public static let hazards = CollectionDescription(
        "hazards", "Hazards", "隐患", eventTime: "found_at",
        spans: [TimeSpan(start: "found_at", end: "resolved_at", isStay: false)],
        listColumns: [
            "found_at", "category", "status", "severity", "point", "grid", "assigned_to",
            "accident_prevented", "resolved_at", "resolution", "note",
        ],
        fields: [
            FieldDescription(
                "category",
                .open(
                    .init("fire_lane_blocked", "fire lane blocked", "消防通道堵塞"),
                    .init("extinguisher_expired", "fire extinguisher expired", "灭火器过期"),
                    .init("road_occupied", "trading on the road", "占道经营"),
                    .init("noise", "noise", "噪音扰民", "噪音"),
                    .init("traffic", "traffic hazard", "交通隐患", "交通"),
                    .init("pollution", "pollution", "环境污染"),
                    .init("food_safety", "food safety", "食品安全")),
                "Category", "类别", headers: ["隐患类别", "隐患类型", "类型"], isRequired: true,
                isRepeatable: true),
            FieldDescription(
                "severity",
                .closed(
                    .init("low", "low", "低", "轻微", "minor"),
                    .init("medium", "medium", "中", "一般", "moderate"),
                    .init("high", "high", "高", "严重", "重大", "severe", "serious")),
                "Severity", "严重程度", headers: ["程度", "等级"]),
            .grid,
            FieldDescription(
                "point", .pointCode, "Point", "点位", headers: ["点位编号"], isRepeatable: true),
            FieldDescription(
                "found_at", .time, "Found at", "发现时间", headers: ["found", "时间"],
                isRequired: true),
            .hazardStatus, .hazardDepartment,
            FieldDescription("resolved_at", .time, "Resolved at", "解决时间", headers: ["整改时间"]),
            FieldDescription(
                "resolution", .longText, "Resolution", "处理结果", headers: ["整改结果", "处理情况"]),
            FieldDescription(
                "accident_prevented", .bool, "Accident prevented", "预防事故",
                headers: ["是否预防事故", "避免事故"]),
            .note,
        ])
}

extension FieldDescription {
    static let hazardStatus = FieldDescription(
        "status",
        .closed(
            .init("open", "open", "待处理", "未处理"),
            .init("assigned", "assigned", "已指派", "处理中"),
            .init("resolved", "resolved", "已解决", "已处理", "已整改"),
            .init("dismissed", "dismissed", "已驳回", "不予处理")),
        "Status", "状态", headers: ["处理状态"])

    /// A department, never a person.
    static let hazardDepartment = FieldDescription(
        "assigned_to",
        .open(
            .init("urban_management", "urban management", "城管"),
            .init("market_regulation", "market regulation", "市场监管"),
            .init("culture", "culture", "文化"),
            .init("fire_service", "fire service", "消防"),
            .init("traffic_police", "traffic police", "交警"),
            .init("subdistrict_office", "subdistrict office", "街道办", "街道")),
        "Assigned to", "指派部门", headers: ["department", "部门", "责任部门"])
}
