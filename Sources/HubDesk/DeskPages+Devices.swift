import OutreachSchema
import SyncCore
import SyncHub
import SyncProtocol
import SyncReplica
import SyncStore
import SystemTimeZones

/// Devices and invites.
extension DeskPages {
    /// - Parameter invite: a new one, to be shown once.
    func devices(invite: Invite? = nil) async throws -> [String: Any] {
        let own = await desk.device()
        let zone = try ZoneRules.ofSpace(store.facts().timeZone)
        let now = environment.nowMilliseconds()
        let standings = try store.devices()
        let heirs = Self.heirs(standings.map(\.device))
        var context: [String: Any] = [
            "devices": try standings.map { standing in
                [
                    "id": standing.device.id.hex, "name": standing.device.name,
                    "role": words["role_" + standing.device.role] ?? standing.device.role,
                    "seen": time(standing.lastSeen, zone),
                    "position": standing.position == 0 ? "–" : "\(standing.position)",
                    "behind": try behind(standing, zone),
                    "version": standing.visit.program ?? "–",
                    "clock": clock(standing),
                    "quota": word(
                        "of_quota",
                        [
                            "n": "\(standing.delivery.changes)",
                            "limit": "\(standing.delivery.changesLimit)",
                        ]),
                    "token_due": standing.isTokenDue,
                    "revoked": standing.device.isRevoked,
                    "is_desk": standing.device.id == own,
                    "heirs": heirs[standing.device.id].map { [$0] } ?? [],
                ] as [String: Any]
            },
            "invites": try store.openInvites().map { invite in
                [
                    "id": invite.hash.hex, "name": invite.name,
                    "role": words["role_" + invite.role] ?? invite.role,
                    "expires": time(invite.expires, zone), "over": invite.expires <= now,
                ] as [String: Any]
            },
        ]
        if let invite {
            context["invite"] = invite.text
            // Its words are ours, its picture is made of numbers.
            context["code"] = InviteCode.svg(invite.text, title: words["code"] ?? "")
            context["invite_expires"] = time(invite.expires, zone)
        }
        return context
    }

    /// How far its clock is off, if that is more than people would see.
    private func clock(_ standing: DeviceStanding) -> String {
        guard let difference = standing.visit.clockDifference else { return "–" }
        let minutes = abs(difference) / 60_000
        guard minutes > 0 else { return words["clock_right"] ?? "" }
        return word(difference > 0 ? "clock_ahead" : "clock_behind", ["n": "\(minutes)"])
    }

    /// What it has not fetched, and since when; those that are shut out fetch nothing.
    func behind(_ standing: DeviceStanding, _ zone: ZoneRules) throws -> String {
        guard !standing.device.isRevoked else { return "–" }
        guard let missed = try store.missed(by: standing) else { return words["up_to_date"] ?? "" }
        return word(
            "behind_by", ["n": "\(missed.batches)", "time": time(missed.since, zone)])
    }

    /// For each device the names of those that came out of it and are let in; none without such.
    private static func heirs(_ devices: [EnrolledDevice]) -> [DeviceID: String] {
        let parents = Dictionary(uniqueKeysWithValues: devices.map { ($0.id, $0.formerly) })
        var names: [DeviceID: [String]] = [:]
        for device in devices where !device.isRevoked {
            // Whoever claims to come out of itself is told once.
            var (parent, seen) = (device.formerly, Set<DeviceID>())
            while let next = parent, seen.insert(next).inserted {
                names[next, default: []].append(device.name)
                parent = parents[next] ?? nil
            }
        }
        return names.mapValues { $0.joined(separator: ", ") }
    }
}
