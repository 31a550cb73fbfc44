"""Reads what a hub serves of its log for verifiers that know nothing of FieldSync: written from c2sp.org/signed-note,
tlog-checkpoint, tlog-cosignature and tlog-tiles alone. `python3 c2sp.py CHECKPOINT VERIFIER_KEY TILES [WITNESS_KEY…]` checks a note,
that the hashes in the folder TILES (a mirror of the hub's /tile) lead to its root, that the entries in TILES/entries, if that is there,
are those leaves, and that each of the named witnesses cosigned it. `-` for TILES: only the signatures."""
import base64
import hashlib
import pathlib
import sys

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def verifier_key(text, kind=1):
    name, key_id, key = text.split("+", 2)
    raw = base64.b64decode(key)
    if hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4].hex() != key_id or raw[0] != kind:
        raise ValueError("key id")
    return name, bytes.fromhex(key_id), Ed25519PublicKey.from_public_bytes(raw[1:])


def checkpoint(note, key):
    name, key_id, public = verifier_key(key)
    text, signatures = note[:note.index("\n\n") + 1], note[note.index("\n\n") + 2:].splitlines()
    for line in signatures:
        dash, signer, blob = line.split(" ")
        raw = base64.b64decode(blob)
        if dash == "\u2014" and signer == name and raw[:4] == key_id:
            public.verify(raw[4:], text.encode())
            origin, size, root = text.splitlines()[:3]
            if origin != name or str(int(size)) != size:
                raise ValueError("checkpoint")
            return int(size), base64.b64decode(root)
    raise ValueError("no signature of this key")


def cosigned(note, key):
    """When a witness cosigned it, in seconds since 1970."""
    name, key_id, public = verifier_key(key, 4)
    text = note[:note.index("\n\n") + 1]
    for line in note[note.index("\n\n") + 2:].splitlines():
        _, signer, blob = line.split(" ")
        raw = base64.b64decode(blob)
        if signer == name and raw[:4] == key_id:
            time = int.from_bytes(raw[4:12], "big")
            public.verify(raw[12:], f"cosignature/v1\ntime {time}\n{text}".encode())
            return time
    raise ValueError("no cosignature of this witness")


def tile_path(level, index, count):
    parts = [f"{index % 1000:03}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03}")
    return f"{level}/" + "/".join(parts) + (f".p/{count}" if count < 256 else "")


def leaves(folder, size, level=0):
    for index in range((size + 255) // 256):
        count = min(256, size - index * 256)
        data = (folder / tile_path(level, index, count)).read_bytes()
        if len(data) != 32 * count:
            raise ValueError("tile")
        yield from (data[at:at + 32] for at in range(0, len(data), 32))


def root(hashes):
    if len(hashes) == 1:
        return hashes[0]
    half = 1
    while half * 2 < len(hashes):
        half *= 2
    return hashlib.sha256(b"\x01" + root(hashes[:half]) + root(hashes[half:])).digest()


def entries(data):
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at:at + 2], "big")
        yield data[at + 2:at + 2 + length]
        at += 2 + length


def main(note, key, tiles, *witnesses):
    folder = pathlib.Path(tiles)
    text = pathlib.Path(note).read_text(encoding="utf-8")
    size, expected = checkpoint(text, key)
    for witness in witnesses:
        print(f"ok: cosigned at {cosigned(text, witness)}")
    if tiles == "-":
        return print(f"ok: the note of {size} entries, root {expected.hex()[:12]}")
    hashes = list(leaves(folder, size))
    if root(hashes) != expected:
        raise ValueError("the tiles do not lead to the root")
    if (folder / "entries").exists():
        bundles = ((folder / tile_path("entries", index, min(256, size - index * 256))).read_bytes() for index in range((size + 255) // 256))
        if [hashlib.sha256(b"\x00" + entry).digest() for bundle in bundles for entry in entries(bundle)] != hashes:
            raise ValueError("the entries are not the leaves")
    print(f"ok: {size} entries, root {expected.hex()[:12]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
