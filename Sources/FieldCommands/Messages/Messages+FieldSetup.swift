public import CommandKit

/// What `sync-field init` and `join` say.
public struct FieldSetupMessages: MessageTopic {
    public let defaultName = Message(
        "field_setup.default_name", en: "field device", zh: "巡逻终端")
    public let created = Message(
        "field_setup.created",
        en: "Made the replica of '{name}' at {path}.", zh: "已为“{name}”新建本地记录库：{path}")
    public let nameIsRole = Message(
        "field_setup.name_is_role",
        en: "The name goes into every listing: it should be a role, not a person.",
        zh: "这个称呼会出现在各处列表里：请写岗位，不要写人名。")
    public let keepKey = Message(
        "field_setup.keep_key",
        en: "The key beside it ({path}) belongs to this device alone: do not copy it.",
        zh: "旁边的密钥文件（{path}）只属于这台设备，请勿复制。")
    public let canStart = Message(
        "field_setup.can_start",
        en:
            "You can start now: sync-field stop add 14. To share: sync-field join INVITE.",
        zh: "现在就可以登记：sync-field stop add 14。要与中心同步：sync-field join 邀请码。")
    public let joined = Message(
        "field_setup.joined",
        en: "Joined as '{name}' ({role}).", zh: "已加入，本机称呼：“{name}”（{role}）。")
    public let alreadyJoined = Message(
        "field_setup.already_joined",
        en: "This device is in already, as '{name}' ({role}). The invite was not used up; its "
            + "address and certificate hold from now on.",
        zh: "本机已经加入，称呼：“{name}”（{role}）。邀请码没有用掉；今后使用其中的地址和证书。")
    public let copyHeals = Message(
        "field_setup.copy_heals",
        en: "A copy of a replica needs no invite: it goes on under a name of its own at the next "
            + "sync.",
        zh: "记录库的副本不需要邀请码：下次同步时会以自己的称呼继续。")
    public let takenOver = Message(
        "field_setup.taken_over",
        en: "The key of this replica was missing; it has a new one now ({path}).",
        zh: "这个记录库缺少密钥，现在已有新的（{path}）。")
    public let joinedHub = Message(
        "field_setup.joined_hub",
        en: "Hub {url}, space {space}.", zh: "中心 {url}，空间 {space}。")
    public let joinNext = Message(
        "field_setup.join_next",
        en: "Next: sync-field sync.", zh: "下一步：sync-field sync。")
    public let insecureNote = Message(
        "field_setup.insecure_note",
        en: "The way to this hub is not encrypted.", zh: "到这个中心的连接没有加密。")

    // Roles, as people call them.
    public let lead = Message("field_setup.lead", en: "patrol lead", zh: "巡逻队")
    public let auditor = Message("field_setup.auditor", en: "auditor", zh: "审计")
    public let operatorRole = Message("field_setup.operator", en: "operator", zh: "管理员")

    // The token.
    public let tokenAbstract = Message(
        "field_setup.token", en: "What this device shows the hub to be let in.",
        zh: "本机向中心出示的令牌。")
    public let tokenRenew = Message(
        "field_setup.token_renew",
        en: "Take another token: the one before is worth nothing then.", zh: "更换令牌：旧令牌随即作废。")
    public let tokenRenewed = Message(
        "field_setup.token_renewed", en: "This device has another token now.",
        zh: "本机已更换令牌。")
}

extension Messages {
    public static let fieldSetup = FieldSetupMessages()
}
