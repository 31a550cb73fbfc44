public import CommandKit

/// What `sync-hub` says.
public struct HubMessages: MessageTopic {
    // Help.
    public let abstract = Message(
        "hub.abstract",
        en: "Serves one neighbourhood's outreach log: merges what field devices wrote.",
        zh: "为一个街区的外勤记录提供同步：合并各外勤设备写下的内容。")
    public let initAbstract = Message(
        "hub.init_abstract", en: "Make a new hub in an empty folder.",
        zh: "在空文件夹里新建中心。")
    public let serveAbstract = Message(
        "hub.serve_abstract", en: "Serve the hub until it is stopped.",
        zh: "运行中心，直到停止。")
    public let inviteAbstract = Message(
        "hub.invite_abstract", en: "Make a one-line invite that lets one device join.",
        zh: "生成一行邀请码，供一台设备加入。")
    public let inviteListAbstract = Message(
        "hub.invite_list_abstract", en: "List the invites that nobody has used.",
        zh: "列出未使用的邀请。")
    public let inviteWithdrawAbstract = Message(
        "hub.invite_withdraw_abstract", en: "Take back an invite that nobody has used.",
        zh: "撤回一个未使用的邀请。")
    public let inviteSheetAbstract = Message(
        "hub.invite_sheet_abstract",
        en: "Make an invite for each name of a list, as a sheet to print.",
        zh: "按名单批量生成邀请，并排成可打印的单页。")
    public let namesHelp = Message(
        "hub.names_help", en: "A CSV: a name a row, and a role beside it if it is not lead.",
        zh: "CSV 名单：每行一个名称；角色若非 lead，写在旁边一列。")
    public let sheetHelp = Message(
        "hub.sheet_help", en: "The new HTML file, to be printed.", zh: "要生成的 HTML 文件，供打印。")
    public let sheetMade = Message(
        "hub.sheet_made", en: "{n} {n|invite|invites} in {path}.", zh: "已生成 {n} 个邀请：{path}。")
    public let sheetSecret = Message(
        "hub.sheet_secret", en: "Whoever has the file can join: print it, hand it over, delete it.",
        zh: "持有该文件者即可加入：请打印、交付，然后删除。")
    public let noNames = Message(
        "hub.no_names", en: "The list holds no name, or more than {n}.", zh: "名单为空，或超过 {n} 个名称。")
    public let noNamesMend = Message(
        "hub.no_names_mend", en: "One name a row: red armbands 1", zh: "每行一个名称，例如：红袖章一号")
    public let inviteIDHelp = Message(
        "hub.invite_id_help", en: "Its first digits, as `invite list` shows them.",
        zh: "`invite list` 所示编号的开头几位。")
    public let noInvites = Message(
        "hub.no_invites", en: "There is no unused invite.", zh: "没有未使用的邀请。")
    public let invite = Message("hub.invite", en: "Invite", zh: "邀请")
    public let until = Message("hub.until", en: "Until", zh: "有效至")
    public let noSuchInvite = Message(
        "hub.no_such_invite", en: "No unused invite begins with {id}, or more than one does.",
        zh: "没有以 {id} 开头的未使用邀请，或不止一个。")
    public let noSuchInviteMend = Message(
        "hub.no_such_invite_mend", en: "See: sync-hub invite list", zh: "请查看：sync-hub invite list")
    public let withdrawn = Message(
        "hub.withdrawn", en: "The invite lets nobody in any more.", zh: "该邀请已失效。")
    public let deviceRenameAbstract = Message(
        "hub.device_rename_abstract", en: "Give a device another name.", zh: "给设备改名。")
    public let deviceRenamed = Message(
        "hub.device_renamed", en: "{name} is called {new} now.", zh: "{name} 现名 {new}。")
    public let deviceAbstract = Message(
        "hub.device_abstract", en: "See the devices; let one in or out.",
        zh: "查看设备，停用或恢复某台设备。")
    public let deviceListAbstract = Message(
        "hub.device_list_abstract", en: "List the devices and when each was last seen.",
        zh: "列出设备及其最近出现的时间。")
    public let deviceRevokeAbstract = Message(
        "hub.device_revoke_abstract", en: "Shut a device out. What it delivered stays.",
        zh: "停用一台设备；它已送达的记录保留。")
    public let onlyHelp = Message(
        "hub.only_help",
        en: "Leave the devices that came out of it by a new key as they are.",
        zh: "由它换新密钥而来的设备不受影响。")
    public let descendantsLeft = Message(
        "hub.descendants_left",
        en: "Came out of it by a new key, and stay as they are: {names}.",
        zh: "由它换新密钥而来、保持不变的设备：{names}。")
    public let deviceRestoreAbstract = Message(
        "hub.device_restore_abstract", en: "Let a revoked device in again.",
        zh: "恢复一台已停用的设备。")
    public let pointAbstract = Message(
        "hub.point_abstract", en: "The patrol points that leads must visit.", zh: "管理巡防点位。")
    public let pointImportAbstract = Message(
        "hub.point_import_abstract",
        en: "Take patrol points from a spreadsheet export (CSV). A corrected file edits them.",
        zh: "从表格导出文件（CSV）导入巡防点位；改正后再次导入即为修改。")
    public let statusAbstract = Message(
        "hub.status_abstract", en: "Show where the hub stands.", zh: "查看中心的状态。")
    public let dataHelp = Message(
        "hub.data_help", en: "The hub's data folder.", zh: "中心的数据文件夹。")
    public let spaceHelp = Message(
        "hub.space_help", en: "The neighbourhood's name.", zh: "街区名称。")
    public let zoneHelp = Message(
        "hub.zone_help", en: "Time zone of the shifts, such as Asia/Shanghai.",
        zh: "班次所用的时区，例如 Asia/Shanghai。")
    public let urlHelp = Message(
        "hub.url_help", en: "The address that devices reach the hub at.",
        zh: "设备访问中心所用的地址。")
    public let listenHelp = Message(
        "hub.listen_help", en: "Address and port to listen on.", zh: "监听的地址和端口。")
    public let certificateHelp = Message(
        "hub.certificate_help", en: "Certificate chain, PEM.", zh: "证书链文件（PEM）。")
    public let keyHelp = Message(
        "hub.key_help", en: "The certificate's private key, PEM.", zh: "证书的私钥文件（PEM）。")
    public let insecureHelp = Message(
        "hub.insecure_help", en: "Allow plain HTTP on an address other machines can reach.",
        zh: "允许在其他机器可访问的地址上使用不加密的 HTTP。")
    public let nameHelp = Message(
        "hub.name_help", en: "What the device is called: a role, not a person.",
        zh: "设备名称：写岗位，不写人名。")
    public let roleHelp = Message(
        "hub.role_help", en: "lead, operator or auditor.",
        zh: "lead（队长）、operator（管理员）或 auditor（审计员）。")
    public let expiresHelp = Message(
        "hub.expires_help", en: "How long the invite works, such as 24h or 7d.",
        zh: "邀请码的有效期，例如 24h 或 7d。")
    public let deviceHelp = Message(
        "hub.device_help", en: "The device's name, or its id, or enough of the id's beginning.",
        zh: "设备名称、设备编号，或编号开头足够的几位。")
    public let fileHelp = Message("hub.file_help", en: "The CSV file.", zh: "CSV 文件。")

    // What was done.
    public let made = Message(
        "hub.made", en: "Hub for {space} made in {path}.", zh: "已在 {path} 为“{space}”新建中心。")
    public let madeNext = Message(
        "hub.made_next", en: "Next: sync-hub serve --data {path}",
        zh: "下一步：sync-hub serve --data {path}")
    public let serving = Message(
        "hub.serving", en: "Serving {space} at {url}. Stop with Ctrl-C.",
        zh: "“{space}”的中心正在 {url} 运行，按 Ctrl-C 停止。")
    public let stopped = Message("hub.stopped", en: "Stopped.", zh: "已停止。")
    public let inviteFor = Message(
        "hub.invite_for",
        en: "Invite for {name} ({role}), until {expires}. It works once; hand it over privately:",
        zh: "给“{name}”（{role}）的邀请码，{expires} 前有效，只能用一次，请单独交给对方：")
    public let unpinned = Message(
        "hub.unpinned",
        en:
            "This invite pins no certificate: devices will ask the certificate authorities they know. "
            + "To pin the hub's own, serve it once with --tls-cert first.",
        zh: "此邀请码没有固定证书，设备将按公共证书机构检查。若要固定本中心的证书，请先用 --tls-cert 运行一次。")
    public let revoked = Message(
        "hub.revoked", en: "{name} is shut out from now on. What it delivered stays.",
        zh: "“{name}”已停用；它已送达的记录保留。")
    public let restored = Message(
        "hub.restored", en: "{name} may sync again.", zh: "“{name}”可以重新同步了。")
    public let unchanged = Message(
        "hub.unchanged", en: "Nothing to do: it stands so already.", zh: "无需操作：已经是这样。")
    public let imported = Message(
        "hub.imported",
        en:
            "{read} {read|row|rows} read, {changed} {changed|point|points} new or changed, {rejected} rejected.",
        zh: "读取 {read} 行，新增或修改 {changed} 个点位，拒绝 {rejected} 行。")
    public let noDevices = Message(
        "hub.no_devices", en: "No device has joined yet. Make an invite: sync-hub invite",
        zh: "还没有设备加入。请生成邀请码：sync-hub invite")

    // Labels.
    public let space = Message("hub.space", en: "Space", zh: "街区")
    public let address = Message("hub.address", en: "Address", zh: "地址")
    public let position = Message("hub.position", en: "Position", zh: "位置")
    public let epoch = Message("hub.epoch", en: "Epoch", zh: "纪元")
    public let hubKey = Message("hub.hub_key", en: "Hub key", zh: "中心公钥")
    public let digest = Message("hub.digest", en: "Digest", zh: "摘要")
    public let devices = Message("hub.devices", en: "Devices", zh: "设备数")
    public let conflictsOpen = Message("hub.conflicts_open", en: "Open conflicts", zh: "未处理的冲突")
    public let device = Message("hub.device", en: "Device", zh: "设备")
    public let name = Message("hub.name", en: "Name", zh: "名称")
    public let role = Message("hub.role", en: "Role", zh: "角色")
    public let lastSeen = Message("hub.last_seen", en: "Last seen", zh: "最近出现")
    public let state = Message("hub.state", en: "State", zh: "状态")
    public let stateActive = Message("hub.state_active", en: "active", zh: "正常")
    public let stateRevoked = Message("hub.state_revoked", en: "revoked", zh: "已停用")
    public let never = Message("hub.never", en: "never", zh: "从未")

    // What went wrong.
    public let exists = Message(
        "hub.exists", en: "There is a hub in {path} already.", zh: "{path} 里已经有一个中心。")
    public let existsMend = Message(
        "hub.exists_mend", en: "Serve it, or choose another folder.",
        zh: "直接运行它，或换一个文件夹。")
    public let missing = Message(
        "hub.missing", en: "There is no hub in {path}.", zh: "{path} 里没有中心。")
    public let missingMend = Message(
        "hub.missing_mend", en: "Check --data, or make one: sync-hub init --data {path}",
        zh: "请检查 --data，或新建：sync-hub init --data {path}")
    public let keyMissing = Message(
        "hub.key_missing", en: "The hub's key {path} is missing or damaged.",
        zh: "中心的密钥文件 {path} 缺失或损坏。")
    public let keyMissingMend = Message(
        "hub.key_missing_mend", en: "Put it back from your backup: devices trust this key only.",
        zh: "请从备份中恢复该文件：设备只信任这把密钥。")
    public let badZone = Message(
        "hub.bad_zone", en: "{zone} is not a time zone.", zh: "{zone} 不是有效的时区。")
    public let badZoneMend = Message(
        "hub.bad_zone_mend", en: "Use an IANA name such as Asia/Shanghai.",
        zh: "请使用 IANA 名称，例如 Asia/Shanghai。")
    public let badListenMend = Message(
        "hub.bad_listen_mend", en: "Write it like 127.0.0.1:8600.", zh: "请写成 127.0.0.1:8600 这样。")
    public let insecure = Message(
        "hub.insecure",
        en: "{host} can be reached by other machines, and plain HTTP would show them tokens.",
        zh: "其他机器可以访问 {host}，不加密的 HTTP 会泄露令牌。")
    public let insecureMend = Message(
        "hub.insecure_mend",
        en: "Give --tls-cert and --tls-key, or --insecure-http if a proxy adds TLS.",
        zh: "请提供 --tls-cert 和 --tls-key；若由代理负责加密，可加 --insecure-http。")
    public let tlsPair = Message(
        "hub.tls_pair", en: "{certificate} and {key} go together.",
        zh: "{certificate} 和 {key} 必须一起使用。")
    public let tlsPairMend = Message(
        "hub.tls_pair_mend", en: "Give both, or neither.", zh: "请两个都写，或都不写。")
    public let badCertificate = Message(
        "hub.bad_certificate", en: "The certificate or its key cannot be used.",
        zh: "证书或其私钥无法使用。")
    public let badCertificateMend = Message(
        "hub.bad_certificate_mend", en: "Both must be PEM files that belong together.",
        zh: "两者都必须是 PEM 文件，并且互相配对。")
    public let portTaken = Message(
        "hub.port_taken", en: "{address} is in use, or no address of this machine.",
        zh: "{address} 已被占用，或不是本机地址。")
    public let portTakenMend = Message(
        "hub.port_taken_mend", en: "Stop what uses it, or choose another: --listen",
        zh: "请停掉占用它的程序，或用 --listen 换一个端口。")
    public let badRole = Message(
        "hub.bad_role", en: "There is no role {role}.", zh: "没有角色 {role}。")
    public let badRoleMend = Message(
        "hub.bad_role_mend", en: "Use lead, operator or auditor.",
        zh: "请使用 lead、operator 或 auditor。")
    public let badTitle = Message(
        "hub.bad_title", en: "That cannot be a space's title.", zh: "这不能作空间的标题。")
    public let badName = Message(
        "hub.bad_name", en: "That cannot be a device's name.", zh: "这不能作设备名称。")
    public let badNameMend = Message(
        "hub.bad_name_mend", en: "Write 1 to 100 characters, on one line.",
        zh: "请写 1 到 100 个字符，不要换行。")
    public let badURL = Message(
        "hub.bad_url", en: "{url} is not an address.", zh: "{url} 不是有效的地址。")
    public let badURLMend = Message(
        "hub.bad_url_mend", en: "Write it like https://hub.example.org:8600.",
        zh: "请写成 https://hub.example.org:8600 这样。")
    public let noDevice = Message(
        "hub.no_device",
        en: "{id} is not the name, nor the beginning of the id, of just one device.",
        zh: "{id} 不是唯一一台设备的名称或编号开头。")
    public let noDeviceMend = Message(
        "hub.no_device_mend", en: "See sync-hub device list.", zh: "请查看 sync-hub device list。")
    public let storeFailed = Message(
        "hub.store_failed", en: "The hub's store {path} cannot be used ({kind}).",
        zh: "无法使用中心的数据文件 {path}（{kind}）。")
    public let storeFailedMend = Message(
        "hub.store_failed_mend", en: "Check the disk and who may write to the folder.",
        zh: "请检查磁盘和文件夹的写入权限。")
}

extension Messages {
    public static let hub = HubMessages()
}
