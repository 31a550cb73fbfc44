extension CollectionDescription {
    /// Places that a patrol must visit; written by the operator. Its id follows from its code.
    public static let points = CollectionDescription(
        "points", "Patrol points", "巡防点位", eventTime: nil,
        listColumns: ["code", "name", "grid", "required_per_shift", "category", "active"],
        fields: [
            FieldDescription(
                "code", .pointCode, "Code", "编号",
                headers: ["point", "point code", "点位", "点位编号", "点位编码"], isRequired: true),
            FieldDescription(
                "name", .shortText, "Name", "名称", headers: ["点位名称"], isRequired: true),
            .grid,
            FieldDescription(
                "category",
                .open(
                    .init("commercial", "commercial area", "商圈", "商业区"),
                    .init("building_entrance", "building entrance", "楼宇出入口", "楼宇"),
                    .init("crossing", "crossing", "路口", "crossroads"),
                    .init("residential", "residential quarter", "住宅小区", "小区"),
                    .init("entertainment", "entertainment venue", "娱乐场所"),
                    .init("school", "around a school", "校园周边", "学校周边")),
                "Category", "类别", headers: ["类型", "点位类别"], isRepeatable: true),
            FieldDescription(
                "required_per_shift", .integer(maximum: 100), "Visits required per shift",
                "每班必巡次数", headers: ["必巡次数", "每班次数", "required"], isRepeatable: true),
            FieldDescription(
                "lat", .number(-90...90), "Latitude", "纬度", headers: ["latitude"]),
            FieldDescription(
                "lon", .number(-180...180), "Longitude", "经度", headers: ["lng", "longitude"]),
            FieldDescription("active", .bool, "Active", "启用", headers: ["在用", "是否启用"]),
        ])
}
