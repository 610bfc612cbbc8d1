#!/usr/bin/python3
"""A second reader of what the vault seals, written from docs/vault.md alone.

It opens what the program makes, makes what the program must open, opens the kept vectors, and
bends every sealed thing to see that nothing bent opens. Hashes are Python's own, sealed boxes
are written out below, the rest is PyNaCl.

    reader.py PROGRAM VECTORS
"""
import hashlib
import hmac
import os
import struct
import subprocess
import sys

from nacl import bindings as sodium

REPORT, HANDLER, EPOCH = 1, 2, 7
PIECE, EXTRA = 65536, 17
SIZE = 70000
FILE = bytes((i * 7 + i // 256) & 255 for i in range(SIZE))


class Refused(Exception):
    """What was to be opened is not what it claims to be."""


def need(claim):
    if not claim:
        raise Refused


# Hashes: the purpose goes first, behind its length.

def keyed(key, purpose, data):
    return hashlib.blake2b(bytes([len(purpose)]) + purpose + data, digest_size=32, key=key).digest()


def plain_hash(purpose, data):
    return keyed(b"", purpose, data)


# Sealed boxes with XChaCha20-Poly1305, from their definitions.

def chacha_rounds(state):
    def quarter(a, b, c, d):
        for first, second, third, left in (a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7):
            x[first] = (x[first] + x[second]) & 0xFFFFFFFF
            mixed = x[third] ^ x[first]
            x[third] = ((mixed << left) | (mixed >> (32 - left))) & 0xFFFFFFFF

    x = list(state)
    for _ in range(10):
        for i in range(4):
            quarter(i, i + 4, i + 8, i + 12)
        for i in range(4):
            quarter(i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12)
    return x


def chacha_state(key, tail):
    return struct.unpack("<4I8I4I", b"expand 32-byte k" + key + tail)


def hchacha(key, nonce16):
    x = chacha_rounds(chacha_state(key, nonce16))
    return struct.pack("<8I", *x[:4], *x[12:])


def chacha_stream(key, nonce8, n):
    out = b""
    for block in range((n + 63) // 64):
        state = chacha_state(key, struct.pack("<Q", block) + nonce8)
        mixed = chacha_rounds(state)
        out += struct.pack("<16I", *((a + b) & 0xFFFFFFFF for a, b in zip(state, mixed)))
    return out[:n]


def poly1305(key, data):
    r = int.from_bytes(key[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    total = 0
    for i in range(0, len(data), 16):
        total = (total + int.from_bytes(data[i:i + 16] + b"\1", "little")) * r % ((1 << 130) - 5)
    return ((total + int.from_bytes(key[16:], "little")) % (1 << 128)).to_bytes(16, "little")


def box_parts(secret, public, nonce, n):
    shared = hchacha(sodium.crypto_scalarmult(secret, public), bytes(16))
    stream = chacha_stream(hchacha(shared, nonce[:16]), nonce[16:], 32 + n)
    return stream[:32], stream[32:]


def xor(a, b):
    return bytes(i ^ j for i, j in zip(a, b))


def seal(public, plain):
    once, secret = sodium.crypto_box_keypair()
    nonce = hashlib.blake2b(once + public, digest_size=24).digest()
    mac, stream = box_parts(secret, public, nonce, len(plain))
    hidden = xor(plain, stream)
    return once + poly1305(mac, hidden) + hidden


def unseal(secret, public, sealed):
    need(len(sealed) >= 48)
    once, tag, hidden = sealed[:32], sealed[32:48], sealed[48:]
    nonce = hashlib.blake2b(once + public, digest_size=24).digest()
    mac, stream = box_parts(secret, once, nonce, len(hidden))
    need(hmac.compare_digest(poly1305(mac, hidden), tag))
    return xor(hidden, stream)


def wrap(public, purpose, context, key):
    return seal(public, plain_hash(purpose, context) + key)


def unwrap(secret, public, purpose, context, sealed):
    need(len(sealed) == 112)
    plain = unseal(secret, public, sealed)
    need(plain[:32] == plain_hash(purpose, context))
    return plain[32:]


# Sealed bytes: nonce | commitment | what is hidden.

def lock(key, context, plain):
    nonce = os.urandom(24)
    return nonce + keyed(key, b"commit", nonce + context) + \
        sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, nonce, key)


def unlock(key, context, box):
    need(len(box) > 72)
    nonce, commitment, hidden = box[:24], box[24:56], box[56:]
    need(hmac.compare_digest(commitment, keyed(key, b"commit", nonce + context)))
    try:
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(hidden, context, nonce, key)
    except Exception as error:
        raise Refused from error


def room(n):
    size = 256
    while size < n + 4:
        size *= 2
    return size


def pad(text):
    return (struct.pack("<I", len(text)) + text).ljust(room(len(text)), b"\0")


def unpad(plain):
    text = plain[4:4 + struct.unpack("<I", plain[:4])[0]]
    need(plain == pad(text))
    return text


# Places, objects, files.

def place(case):
    return case + struct.pack("<BI", REPORT, EPOCH)


def object_key(effective, purpose, name):
    return keyed(effective, purpose, name)


def card_write(b):
    head = b["file_key"] + struct.pack("<QBB", SIZE, len(b["file_type"]), len(b["file_name"]))
    return (head + b["file_type"] + b["file_name"]).ljust(424, b"\0")


def body_room(n):
    if n <= PIECE:
        return PIECE
    e = n.bit_length() - 1
    mask = (1 << (e - e.bit_length())) - 1
    return (n + mask) & ~mask


def stream_seal(key, file, plain):
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    out = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    for at in range(0, len(plain), PIECE):
        last = at + PIECE >= len(plain)
        out += sodium.crypto_secretstream_xchacha20poly1305_push(
            state, plain[at:at + PIECE], file, 3 if last else 0)
    return out


def stream_open(key, file, sealed):
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, sealed[:24], key)
    at, out, tag = 24, b"", 0
    while at < len(sealed):
        need(tag == 0)
        piece = sealed[at:at + PIECE + EXTRA]
        try:
            plain, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, piece, file)
        except Exception as error:
            raise Refused from error
        need(tag == 3 or (tag == 0 and len(plain) == PIECE))
        out += plain
        at += len(piece)
    need(tag == 3)
    return out


# Slots.

def password_keys(b):
    seasoned = keyed(b["pepper"], b"password", b["password"])
    both = sodium.crypto_pwhash_alg(64, seasoned, b["salt"], 2, 64 << 20,
                                    sodium.crypto_pwhash_ALG_ARGON2ID13)
    return both[:32], plain_hash(b"vault verifier", both[32:])


def slot_context(kind, account, public):
    return kind + account + public


def recovery_key(b):
    return keyed(b["pepper"], b"vault recovery", b["account"] + b["recovery"])


def receipt_key(b):
    return keyed(b["pepper"], b"vault receipt key", b["receipt"])


def lookup(b):
    return keyed(b["pepper"], b"vault receipt lookup", b["receipt"])[:16]


def mark(b):
    return keyed(b["reporter_secret"], b"reporter mark",
                 b["case"] + b"consent" + b"\0" + b"contact share share:12 n:3")


def three(joined):
    return [joined[i:i + 32] for i in range(0, 96, 32)]


def share_context(b, i):
    officers = three(b["officers"])
    return slot_context(b"E", b["account"], b["public"]) + officers[i] + officers[(i + 1) % 3]


# A whole book of lines.

def contexts(b):
    at = place(b["case"])
    return {
        "wrap": at + bytes([HANDLER]) + b["account"],
        "box": at + b["object"] + b["field"],
        "card": at + b["file"] + b"/file",
    }


def openers(b):
    """For each sealed line, how it is opened and what it must hold."""
    at = contexts(b)
    kek, verifier = password_keys(b)
    need(verifier == b["verifier"] and lookup(b) == b["lookup"] and mark(b) == b["mark"])
    need(keyed(b["raw"], b"vault effective", place(b["case"]) + b["shred"]) == b["effective"])
    need(sodium.crypto_scalarmult_base(b["secret"]) == b["public"])
    person = b["account"] + b["public"]
    text_key = object_key(b["effective"], b"obj", b["object"] + b["field"])
    card_key = object_key(b["effective"], b"file", b["file"] + b"/file")
    all_of_them = {
        "slot_password": (lambda x: unlock(kek, b"P" + person, x), b["secret"]),
        "slot_recovery": (lambda x: unlock(recovery_key(b), b"R" + person, x), b["secret"]),
        "slot_receipt": (lambda x: unlock(receipt_key(b), b"T" + b["case"] + b["reporter_public"], x),
                         b["reporter_secret"]),
        "wrap": (lambda x: unwrap(b["secret"], b["public"], b"vault wrap", at["wrap"], x), b["raw"]),
        "box": (lambda x: unpad(unlock(text_key, at["box"], x)), b["text"]),
        "card": (lambda x: unpad(unlock(card_key, at["card"], x)), card_write(b)),
        "hello": (lambda x: stream_open(b["file_key"], b["file"], x), b"hello"),
        "escrow": (lambda x: escrow_open(b, x), b["secret"] * 3),
    }
    if "body" in b:
        whole = FILE.ljust(body_room(SIZE), b"\0")
        all_of_them["body"] = (lambda x: stream_open(b["file_key"], b["file"], x), whole)
    return all_of_them


def escrow_open(b, escrow):
    need(len(escrow) == 480)
    secrets, publics, out = three(b["officers_secret"]), three(b["officers"]), b""
    for i in range(3):
        half = unseal(secrets[i], publics[i], escrow[i * 160:(i + 1) * 160])
        j = (i + 1) % 3
        out += unwrap(secrets[j], publics[j], b"vault escrow", share_context(b, i), half)
    return out


def make():
    b = {"pepper": os.urandom(32), "password": "пароль ٣".encode(), "salt": os.urandom(16),
         "account": struct.pack("<QQ", 12, 0), "recovery": b"0123456789ABCDEFGHJK",
         "case": os.urandom(16), "receipt": b"ZYXWVTSRQPNMKJHGFEDC", "shred": os.urandom(32),
         "raw": os.urandom(32), "object": os.urandom(16), "field": b"message",
         "text": ("é" * 200).encode(), "file": os.urandom(16), "file_key": os.urandom(32),
         "file_type": b"text/plain", "file_name": "报告.txt".encode()}
    b["public"], b["secret"] = sodium.crypto_box_keypair()
    b["reporter_public"], b["reporter_secret"] = sodium.crypto_box_keypair()
    pairs = [sodium.crypto_box_keypair() for _ in range(3)]
    b["officers"], b["officers_secret"] = (b"".join(half) for half in zip(*pairs))
    kek, b["verifier"] = password_keys(b)
    b["lookup"] = lookup(b)
    person = b["account"] + b["public"]
    b["slot_password"] = lock(kek, b"P" + person, b["secret"])
    b["slot_recovery"] = lock(recovery_key(b), b"R" + person, b["secret"])
    b["slot_receipt"] = lock(receipt_key(b), b"T" + b["case"] + b["reporter_public"],
                             b["reporter_secret"])
    b["mark"] = mark(b)
    b["escrow"] = b"".join(
        seal(pairs[i][0], wrap(pairs[(i + 1) % 3][0], b"vault escrow", share_context(b, i),
                               b["secret"])) for i in range(3))
    at = contexts(b)
    b["wrap"] = wrap(b["public"], b"vault wrap", at["wrap"], b["raw"])
    b["effective"] = keyed(b["raw"], b"vault effective", place(b["case"]) + b["shred"])
    b["box"] = lock(object_key(b["effective"], b"obj", b["object"] + b["field"]), at["box"],
                    pad(b["text"]))
    b["card"] = lock(object_key(b["effective"], b"file", b["file"] + b"/file"), at["card"],
                     pad(card_write(b)))
    b["hello"] = stream_seal(b["file_key"], b["file"], b"hello")
    b["body"] = stream_seal(b["file_key"], b["file"], FILE.ljust(body_room(SIZE), b"\0"))
    return b


def read(text):
    return {name: bytes.fromhex(value) for name, value in
            (line.split(" ") for line in text.splitlines() if line and not line.startswith("#"))}


def write(b):
    return "".join(f"{name} {value.hex()}\n" for name, value in b.items())


def program_judges(program, b):
    """Which lines the program finds at fault; None if it did anything else but judge."""
    done = subprocess.run([program, "open"], input=write(b), text=True, check=False,
                          capture_output=True)
    said = done.stderr.splitlines()
    if done.returncode != len(said) or not all(line.startswith("# ") for line in said):
        return None
    return [line.split(" ")[1] for line in said]


def opens(opener, sealed):
    try:
        return opener(sealed)
    except Refused:
        return None


def bent(sealed):
    """One bit turned at the beginning, in the middle, at the end; cut; and with more behind."""
    for at in 0, 30, len(sealed) // 2, len(sealed) - 1:
        yield sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1:]
    yield sealed[:-1]
    yield sealed + b"\0"


def main(program, vectors):
    made = read(subprocess.run([program, "make"], capture_output=True, text=True,
                               check=True).stdout)
    with open(vectors, encoding="utf-8") as file:
        kept = read(file.read())
    ours = make()
    results = []
    for name, book in ("the program makes", made), ("was kept", kept), ("we make", ours):
        for line, (opener, want) in openers(book).items():
            results.append((f"we open the {line} that {name}", opens(opener, book[line]) == want))
    for name, book in ("was kept", kept), ("we make", ours):
        results.append((f"the program opens all that {name}", program_judges(program, book) == []))
    for line, (opener, _) in openers(made).items():
        results.append((f"we open no {line} that was bent",
                        all(opens(opener, other) is None for other in bent(made[line]))))
        other = next(bent(ours[line]))
        results.append((f"the program opens no {line} that was bent",
                        bool(program_judges(program, {**ours, line: other}))))
    print(f"1..{len(results)}")
    for number, (name, ok) in enumerate(results, 1):
        print(f"{'ok' if ok else 'not ok'} {number} - {name}")
    return 0 if all(ok for _, ok in results) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
