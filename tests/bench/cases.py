#!/usr/bin/python3
"""SQL that puts many made-up cases into a house, sealed for one handler as docs/vault.md says, so that lists are measured
without hours of reports. Every fifth has a look at the danger. Their other handler is only named.

    cases.py NUMBER SHRED_FILE CHANNEL FORM HANDLER OTHER HANDLERS_KEY_IN_HEX [pg]
"""
import os
import struct
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../vault"))
import reader  # noqa: E402

HANDLER, REPORT, INTERNAL = 2, 1, 3


def main(number, shred_file, channel, form, handler, other, public, is_pg):
    number, public = int(number), bytes.fromhex(public)
    today = int(time.time()) // 86400
    slots = os.path.getsize(shred_file) // 32

    def raw(b):
        return f"'\\x{b.hex()}'" if is_pg else f"x'{b.hex()}'"

    def wrap_row(case, compartment, account, wrapped):
        print(f"INSERT INTO protect_wrap (of, compartment, epoch, role, account, wrap) "
              f"VALUES ({raw(case)}, {compartment}, 1, {HANDLER}, {account}, {raw(wrapped)});")

    def text_row(case, compartment, n, field, text, at, effective):
        thing = os.urandom(16)
        box = reader.lock(reader.object_key(effective, b"obj", thing + field), at + thing + field, reader.pad(text))
        print(f"INSERT INTO protect_object (id, of, n, compartment, epoch, field, account, on_day, box) VALUES ({raw(thing)}, "
              f"{raw(case)}, {n}, {compartment}, 1, '{field.decode()}', 0, {today}, {raw(box)});")

    print("BEGIN;")
    with open(shred_file, "ab") as shred:
        for i in range(number):
            case, slot = os.urandom(16), os.urandom(32)
            shred.write(slot)
            level, due = (i % 5 == 0) * (11 + i // 5 % 5 * 11), today + i % 40 + 1
            pace = {44: 1, 55: 1, 33: 3}.get(level, 3)
            print(f"INSERT INTO protect_case (id, channel, state, turn, taken_by, created_on, changed_on, due_on, due_hour, pace, "
                  f"pepper, found, public, slot, shred) VALUES ({raw(case)}, {channel}, {2 if i % 3 else 1}, {i % 2 + 1}, "
                  f"{handler if i % 3 else 'NULL'}, {today}, {today}, {due}, {due * 24 + 24}, {pace}, 1, {raw(os.urandom(16))}, "
                  f"{raw(os.urandom(32))}, {raw(os.urandom(104))}, {slots + i});")
            n = 0
            for compartment, field, text in (
                    (REPORT, b"answers", f'{{"form":"reprisal","definition":{form},"answers":{{"story":"Case number {i}, '
                                         f'{"and how it began. " * 12}"}}}}'),
                    (INTERNAL, b"risk", f"threats=somebody waits\nrisk={level}\n")):
                key, at = os.urandom(32), case + struct.pack("<BI", compartment, 1)
                context = at + bytes([HANDLER]) + struct.pack("<QQ", int(handler), 0)
                wrap_row(case, compartment, handler, reader.wrap(public, b"vault wrap", context, key))
                wrap_row(case, compartment, other, os.urandom(112))
                if compartment == REPORT or level:
                    n += 1
                    text_row(case, compartment, n, field, text.encode(), at, reader.keyed(key, b"vault effective", at + slot))
    print("COMMIT;")


if __name__ == "__main__":
    main(*sys.argv[1:8], len(sys.argv) > 8)
