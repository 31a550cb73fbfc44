public import CommandKit

/// What `sync-field why` and `conflict` say.
public struct FieldWhyMessages: MessageTopic {
    // How far a change has come.
    public let saved = Message(
        "field_why.saved", en: "saved here, not sent yet", zh: "已存本机，尚未发送")
    public let sealed = Message(
        "field_why.sealed",
        en: "sealed in batch {n}, no receipt yet", zh: "已封入第 {n} 批，尚无签收")
    public let again = Message(
        "field_why.again",
        en: "in batch {n}, which the hub lost; the next sync sends it again",
        zh: "在第 {n} 批，中心丢失了它；下次同步会重新发送")
    public let formerly = Message(
        "field_why.formerly",
        en: "made here under an earlier key (device {id})", zh: "由本机以从前的密钥填写（设备 {id}）")
    public let onHub = Message(
        "field_why.on_hub", en: "on the hub, position {position}", zh: "已到中心，位置 {position}")
    public let backedUp = Message(
        "field_why.backed_up",
        en: "in a verified backup (position {position})", zh: "已在核实过的备份中（位置 {position}）")
    public let held = Message(
        "field_why.held", en: "refused by the hub, kept aside here", zh: "中心拒收，单独存放在本机")
    public let quarantined = Message(
        "field_why.quarantined",
        en: "in quarantine on the hub: this device's role may not make it",
        zh: "在中心被隔离：本机的角色不能做这样的修改")
    public let restamped = Message(
        "field_why.restamped",
        en: "the hub counted its time as {time}", zh: "中心把时间算作 {time}")
    public let lostConflict = Message(
        "field_why.lost_conflict",
        en: "{field}: another device's value stands (conflict {id})",
        zh: "{field}：现在是其他设备写的值（冲突 {id}）")
    public let settledConflict = Message(
        "field_why.settled_conflict",
        en: "{field}: stood against another device's value; that is settled (conflict {id})",
        zh: "{field}：曾与其他设备写的不同，已经处理（冲突 {id}）")
    public let fromElsewhere = Message(
        "field_why.from_elsewhere",
        en: "{fields}: written by {device}, came from the hub", zh: "{fields}：由{device}填写，从中心收到")
    public let lastMoved = Message(
        "field_why.last_moved",
        en: "The hub last touched this record at position {position}.",
        zh: "中心最近一次处理这条记录是在位置 {position}。")
    public let deletion = Message("field_why.deletion", en: "deletion", zh: "删除")
    public let restoring = Message("field_why.restoring", en: "restoring", zh: "恢复")
    public let resolving = Message("field_why.resolving", en: "settling a conflict", zh: "处理冲突")

    public let notShown = Message(
        "field_why.not_shown", en: "not in the listings", zh: "不在列表中")

    // Conflicts.
    public let noConflicts = Message(
        "field_why.no_conflicts", en: "No open conflicts.", zh: "没有未处理的冲突。")
    public let whatHeader = Message("field_why.what_header", en: "Where", zh: "位置")
    public let recordHeader = Message("field_why.record_header", en: "Record", zh: "记录")
    public let fieldHeader = Message("field_why.field_header", en: "Field", zh: "字段")
    public let keptHeader = Message("field_why.kept_header", en: "Kept", zh: "保留的")
    public let lostHeader = Message("field_why.lost_header", en: "Lost", zh: "被盖掉的")
    public let stateHeader = Message("field_why.state_header", en: "State", zh: "状态")
    public let open = Message("field_why.open", en: "open", zh: "未处理")
    public let resolved = Message("field_why.resolved", en: "resolved", zh: "已处理")
    public let resolvedHere = Message(
        "field_why.resolved_here",
        en: "resolved here, not on the hub yet", zh: "本机已处理，尚未到中心")
    public let valueBy = Message(
        "field_why.value_by", en: "{value} ({device})", zh: "{value}（{device}）")
    public let wasDeleted = Message("field_why.was_deleted", en: "deleted", zh: "已删除")
    public let nothing = Message("field_why.nothing", en: "(empty)", zh: "（空）")
    public let howToResolve = Message(
        "field_why.how_to_resolve",
        en: "Settle one: sync-field conflict resolve ID --use kept, --use lost or --value V",
        zh: "处理方法：sync-field conflict resolve 编号 --use kept、--use lost 或 --value 值")
    public let settled = Message(
        "field_why.settled",
        en: "Settled {id}: {field} is {value}.", zh: "已处理 {id}：{field} 为 {value}。")
    public let settledAlready = Message(
        "field_why.settled_already",
        en: "This conflict was settled before; your choice is saved all the same.",
        zh: "这个冲突之前已处理过；这次的选择同样已保存。")
    public let oneChoice = Message(
        "field_why.one_choice",
        en: "Say what shall stand: --use kept, --use lost, or --value V",
        zh: "请说明用哪个值：--use kept、--use lost 或 --value 值，只写一个")
    public let noValueForDeletion = Message(
        "field_why.no_value_for_deletion",
        en: "This conflict is about a deletion, which has no other value.",
        zh: "这个冲突是关于删除的，没有别的值。")
    public let noValueForDeletionMend = Message(
        "field_why.no_value_for_deletion_mend",
        en: "Use --use kept or --use lost.", zh: "请用 --use kept 或 --use lost。")
}

extension Messages {
    public static let fieldWhy = FieldWhyMessages()
}
