public import CommandKit

/// What `sync-hub` says when the hub itself changes: its key, its address, its space, its
/// points; and what it asks of devices: tokens, quotas.
public struct HubMovingMessages: MessageTopic {
    // The key.
    public let keyAbstract = Message(
        "hub_moving.key", en: "The key that the hub signs with.", zh: "中心的签名密钥。")
    public let keyShow = Message(
        "hub_moving.key_show", en: "Show the hub's key, and those before it.",
        zh: "显示中心的密钥及以前的密钥。")
    public let keyReplace = Message(
        "hub_moving.key_replace",
        en: "Put a new key in place of the present one. Devices go on by themselves.",
        zh: "用新密钥替换现有密钥。各设备会自动跟上。")
    public let withHelp = Message(
        "hub_moving.with_help",
        en: "A copy of the key file to go on with: after an old backup was restored.",
        zh: "要改用的密钥文件副本：用于恢复了旧备份之后。")
    public let hubKeyHelp = Message(
        "hub_moving.hub_key_help",
        en: "The key file of after the backup, if the hub has taken another key since.",
        zh: "若备份后更换过密钥：更换后的密钥文件。")
    public let replaceMend = Message(
        "hub_moving.replace_mend",
        en: "Backups made before know only the old key. Be ready to make one, then add --yes.",
        zh: "此前的备份只含旧密钥。请准备好随后立即备份，再加 --yes。")
    public let replaced = Message(
        "hub_moving.replaced", en: "The hub's key is {key} from position {position} on.",
        zh: "自位置 {position} 起，中心的密钥为 {key}。")
    public let replacedNext = Message(
        "hub_moving.replaced_next",
        en: "Devices, followers and auditors follow the old key's word by themselves. Now make a "
            + "backup: sync-hub backup FILE {place}",
        zh: "设备、跟随者和审计会依据旧密钥的声明自动跟上。请立即备份：sync-hub backup FILE {place}")
    public let formerKey = Message(
        "hub_moving.former_key", en: "before: {key}, until position {position}, {time}",
        zh: "以前：{key}，至位置 {position}，{time}")
    public let notAKey = Message(
        "hub_moving.not_a_key", en: "{path} is no hub's key.", zh: "{path} 不是中心的密钥文件。")
    public let notAKeyMend = Message(
        "hub_moving.not_a_key_mend", en: "Give a copy of hub.key.", zh: "请给出 hub.key 的副本。")
    public let keyUsed = Message(
        "hub_moving.key_used", en: "The hub has that key already, or had it.",
        zh: "中心正在使用或曾用过这把密钥。")
    public let keyUsedMend = Message(
        "hub_moving.key_used_mend", en: "See sync-hub key show; leave --with out for a new key.",
        zh: "请查看 sync-hub key show；不加 --with 则生成新密钥。")
    public let keyLimit = Message(
        "hub_moving.key_limit", en: "The key was replaced {n} times: no more are told of.",
        zh: "密钥已替换 {n} 次，达到上限。")
    public let keyLimitMend = Message(
        "hub_moving.key_limit_mend", en: "Make a new space, and let the devices join it.",
        zh: "请新建空间，并让设备加入。")

    // The address.
    public let addressAbstract = Message(
        "hub_moving.address", en: "Where devices find the hub.", zh: "设备连接中心所用的地址。")
    public let addressShow = Message(
        "hub_moving.address_show",
        en: "Show where the hub is, where it said it will be, and who has gone there.",
        zh: "显示中心的地址、已公告的新地址，以及哪些设备已迁移。")
    public let announce = Message(
        "hub_moving.announce",
        en: "Tell every device where the hub will be. Each goes there once it answers there.",
        zh: "向所有设备公告新地址。新地址可用后，各设备会自动改用。")
    public let withdraw = Message(
        "hub_moving.withdraw", en: "Take back what was announced.", zh: "撤回已公告的地址。")
    public let urlHelp = Message(
        "hub_moving.url_help", en: "The new address, such as https://hub.example:8600.",
        zh: "新地址，例如 https://hub.example:8600。")
    public let certificateHelp = Message(
        "hub_moving.certificate_help",
        en: "The certificate there (PEM): devices will accept its key and no other.",
        zh: "新地址的证书（PEM）：设备只接受其公钥。")
    public let publicHelp = Message(
        "hub_moving.public_help",
        en: "A certificate that the platform's authorities vouch for is there.",
        zh: "新地址使用由公共机构签发的证书。")
    public let whichCertificate = Message(
        "hub_moving.which_certificate", en: "With https it must be said what devices accept there.",
        zh: "使用 https 时必须说明设备应接受哪种证书。")
    public let whichCertificateMend = Message(
        "hub_moving.which_certificate_mend",
        en: "Give --tls-cert FILE, or --public-certificate; neither with http.",
        zh: "请给出 --tls-cert FILE 或 --public-certificate；http 地址则都不要加。")
    public let lessSecure = Message(
        "hub_moving.less_secure", en: "The hub is at https: devices will not go on without it.",
        zh: "中心现用 https，设备不会改用未加密的地址。")
    public let lessSecureMend = Message(
        "hub_moving.less_secure_mend", en: "Announce an https address.", zh: "请公告 https 地址。")
    public let announced = Message(
        "hub_moving.announced", en: "Announced: {url}.", zh: "已公告：{url}。")
    public let announcedNext = Message(
        "hub_moving.announced_next",
        en:
            "Let the hub answer at both addresses until all have gone: sync-hub address show {place}",
        zh: "在所有设备迁移之前，请让两个地址都可用：sync-hub address show {place}")
    public let withdrawn = Message(
        "hub_moving.withdrawn", en: "{url} is announced no more; devices stay where they are.",
        zh: "已撤回 {url}；设备保持现状。")
    public let noneAnnounced = Message(
        "hub_moving.none_announced", en: "No address was announced.", zh: "没有已公告的地址。")
    public let servedAt = Message(
        "hub_moving.served_at", en: "Invites name {url}.", zh: "邀请使用的地址：{url}。")
    public let announcedAt = Message(
        "hub_moving.announced_at", en: "Announced: {url}", zh: "已公告：{url}")
    public let announcedPin = Message(
        "hub_moving.announced_pin", en: "Its certificate's key: {pin}", zh: "其证书公钥：{pin}")
    public let movedThere = Message(
        "hub_moving.moved_there", en: "{n} of {of} devices have come by it. Not yet:",
        zh: "{of} 台设备中已有 {n} 台改用新地址。尚未改用：")

    // The space and its points.
    public let describeAbstract = Message(
        "hub_moving.describe", en: "Correct what a space is called, or its time zone.",
        zh: "更正空间的名称或时区。")
    public let described = Message(
        "hub_moving.described", en: "The space is {name}, in {zone}. What it was stays in the log.",
        zh: "空间名称为 {name}，时区为 {zone}。原有内容保留在日志中。")
    public let pointList = Message(
        "hub_moving.point_list", en: "List the points in use.", zh: "列出在用点位。")
    public let retiredHelp = Message(
        "hub_moving.retired_help", en: "Those out of use instead.", zh: "改为列出停用的点位。")
    public let pointRetire = Message(
        "hub_moving.point_retire",
        en: "Take points out of use. Their visits stay, and nobody is asked to go there any more.",
        zh: "停用点位。历史到访保留，今后不再要求巡查。")
    public let pointRestore = Message(
        "hub_moving.point_restore", en: "Put points back into use.", zh: "恢复使用点位。")
    public let codeHelp = Message(
        "hub_moving.code_help", en: "Codes of points, whole.", zh: "完整的点位编号。")
    public let pointsRetired = Message(
        "hub_moving.points_retired", en: "Out of use: {codes}.", zh: "已停用：{codes}。")
    public let pointsRestored = Message(
        "hub_moving.points_restored", en: "In use: {codes}.", zh: "已恢复使用：{codes}。")
    public let noPoint = Message(
        "hub_moving.no_point", en: "There is no point {code}.", zh: "没有点位 {code}。")
    public let noPointNear = Message(
        "hub_moving.no_point_near", en: "Perhaps {near}?", zh: "是否为 {near}？")
    public let noPointMend = Message(
        "hub_moving.no_point_mend", en: "See sync-hub point list.",
        zh: "请查看 sync-hub point list。")

    // Quotas.
    public let quotaChangesHelp = Message(
        "hub_moving.quota_changes_help", en: "Changes that a device may deliver in a day.",
        zh: "每台设备每天可送达的改动数。")
    public let quotaBytesHelp = Message(
        "hub_moving.quota_bytes_help", en: "Bytes that a device may deliver in a day.",
        zh: "每台设备每天可送达的字节数。")
    public let quotaAbstract = Message(
        "hub_moving.quota_abstract",
        en: "Show what a device has delivered today, or let it deliver more or less.",
        zh: "显示设备今天已送达的数量，或调整其上限。")
    public let quotaUsage = Message(
        "hub_moving.quota_usage",
        en: "--changes and --bytes are 0 or more, and do not stand beside --standard.",
        zh: "--changes 和 --bytes 不能小于 0，也不能与 --standard 同时使用。")
    public let quotaStandardHelp = Message(
        "hub_moving.quota_standard_help", en: "As much as every device again.",
        zh: "恢复为与其他设备相同。")
    public let quotaShown = Message(
        "hub_moving.quota_shown",
        en: "{name}: {changes} of {changes_limit} changes today, {bytes} of {bytes_limit}.",
        zh: "{name}：今天已送达 {changes} 项改动（上限 {changes_limit}），{bytes}（上限 {bytes_limit}）。")

    // Tokens.
    public let renewAbstract = Message(
        "hub_moving.renew_token",
        en: "Ask devices to take another token. Each does so with its next sync.",
        zh: "要求设备更换令牌。各设备会在下次同步时自动更换。")
    public let renewAllHelp = Message(
        "hub_moving.renew_all", en: "Every device that is in use.", zh: "所有在用设备。")
    public let whichDevice = Message(
        "hub_moving.which_device", en: "It is not said which devices.", zh: "没有指明设备。")
    public let whichDeviceMend = Message(
        "hub_moving.which_device_mend", en: "Name devices, or give --all.",
        zh: "请给出设备，或加 --all。")
    public let renewAsked = Message(
        "hub_moving.renew_asked", en: "{n} {n|device is|devices are} asked.", zh: "已要求 {n} 台设备。")
    public let renewNext = Message(
        "hub_moving.renew_next",
        en: "sync-hub device list --json says with token_due who has not done it yet.",
        zh: "sync-hub device list --json 的 token_due 会显示尚未更换的设备。")

    public init() {}
}

extension Messages {
    public static let hubMoving = HubMovingMessages()
}
