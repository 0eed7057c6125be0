"""What is in a text that may hold an object: JSON, or that in hexadecimal digits or base64? Parts of other kernels."""

from typing import Any

from explorer.eventlog.compiled import part

JSON, AUTO, HEX, BASE64 = 1, 2, 3, 4  # how a text is read
AS_IT_IS, UNSURE = (
    -1,
    -2,
)  # instead of where what was found ends: there is nothing in it; the plain reader is to decide

Bytes = Any


@part
def _digit(c: Any) -> Any:
    """The value of a hexadecimal digit; -1 for anything else."""
    if 48 <= c <= 57:
        return c - 48
    c |= 32
    return c - 87 if 97 <= c <= 102 else -1


@part
def _sextet(c: Any) -> Any:
    """The value of a character of base64, in either alphabet; -1 for anything else."""
    if 65 <= c <= 90:
        return c - 65
    if 97 <= c <= 122:
        return c - 71
    if 48 <= c <= 57:
        return c + 4
    if c == 43 or c == 45:
        return 62
    return 63 if c == 47 or c == 95 else -1


@part
def _is_object(out: Bytes, s: Any, e: Any) -> Any:
    """Do some bytes hold one object and nothing more, as far as its brackets tell? White space becomes blanks."""
    depth = 0
    inside = False
    i = s
    while i < e:
        c = out[i]
        if inside:
            if c == 92:
                i += 1
            elif c == 34:
                inside = False
            elif c < 32:
                return False
        elif c == 34:
            if depth == 0:
                return False
            inside = True
        elif c == 123 or c == 91:
            if depth == 0 and c == 91:
                return False
            depth += 1
        elif c == 125 or c == 93:
            depth -= 1
            if depth < 0:
                return False
            if depth == 0:
                i += 1
                break
        elif c == 10 or c == 13 or c == 9:
            out[i] = 32
        elif c < 32 or (depth == 0 and c != 32):
            return False
        i += 1
    if depth != 0 or inside or i > e:
        return False
    while i < e:
        if out[i] == 10 or out[i] == 13 or out[i] == 9:
            out[i] = 32
        if out[i] != 32:
            return False
        i += 1
    return True


@part
def plain_text(b: Bytes, s: Any, e: Any, escapes: bool, quotes: bool, text: Bytes) -> Any:
    r"""The bytes that a text says, without escapes or doubled quotes; returns how many, -1 if that is not sure."""
    n = 0
    i = s
    while i < e:
        c = b[i]
        if escapes and c == 92:
            c = b[i + 1]
            i += 2
            if c == 117:
                code = 0
                for k in range(4):
                    d = _digit(b[i + k])
                    if d < 0:
                        return -1
                    code = code * 16 + d
                i += 4
                if 0xD800 <= code < 0xE000 or code == 0:
                    return -1
                if code < 0x80:
                    text[n] = code
                    n += 1
                elif code < 0x800:
                    text[n], text[n + 1] = 0xC0 | code >> 6, 0x80 | code & 63
                    n += 2
                else:
                    text[n], text[n + 1], text[n + 2] = (
                        0xE0 | code >> 12,
                        0x80 | code >> 6 & 63,
                        0x80 | code & 63,
                    )
                    n += 3
                continue
            if c == 110:
                c = 10
            elif c == 116:
                c = 9
            elif c == 114:
                c = 13
            elif c == 98:
                c = 8
            elif c == 102:
                c = 12
        elif quotes and c == 34:
            if i + 1 >= e or b[i + 1] != 34:
                return -1
            i += 2
        else:
            i += 1
        text[n] = c
        n += 1
    return n


@part
def _said(raw: Bytes, s: Any, e: Any) -> Any:
    """Are bytes an object (their end), surely nothing that would be looked into (as it is), or is it not sure?"""
    i = s
    while i < e and (raw[i] == 32 or 9 <= raw[i] <= 13):
        i += 1
    if i >= e:
        return UNSURE
    c = raw[i]
    if c == 123:
        return e if _is_object(raw, s, e) else UNSURE
    # lists, markup, YAML, JSON in a text, marks and white space of Unicode, and what begins like gzip, zlib or zstd
    if (
        c == 91
        or c == 60
        or c == 45
        or c == 34
        or c == 0xEF
        or c == 0x1F
        or c == 0x78
        or c == 0x28
        or c == 0xC2
        or c == 0xE2
    ):
        return UNSURE
    return AS_IT_IS


@part
def _from_hex(t: Bytes, s: Any, e: Any, out: Bytes, p: Any) -> Any:
    """Decode hexadecimal digits to `p`; the end, or -1 if these are none."""
    if (e - s) & 1 or s == e:
        return -1
    for i in range(s, e, 2):
        high, low = _digit(t[i]), _digit(t[i + 1])
        if high < 0 or low < 0:
            return -1
        out[p] = high * 16 + low
        p += 1
    return p


@part
def _from_base64(t: Bytes, s: Any, e: Any, out: Bytes, p: Any) -> Any:
    """Decode base64 to `p`; the end, `AS_IT_IS` if it is none, or `UNSURE`."""
    behind = e
    while behind > s and e - behind < 2 and t[behind - 1] == 61:
        behind -= 1
    held = bits = 0
    plain = url = False
    for i in range(s, behind):
        c = t[i]
        d = _sextet(c)
        if d < 0:
            return AS_IT_IS if c > 32 and c < 128 and c != 61 else UNSURE
        plain |= c == 43 or c == 47
        url |= c == 45 or c == 95
        held = (held << 6 | d) & 0xFFFFFF
        bits += 6
        if bits >= 8:
            bits -= 8
            out[p] = held >> bits & 255
            p += 1
    rest = (behind - s) & 3
    if plain and url:
        return AS_IT_IS
    if rest == 1:
        return AS_IT_IS if behind == e else UNSURE
    if behind != e and ((e - s) & 3 or rest == 0):
        return UNSURE
    return p


@part
def _is_number_like(t: Bytes, n: Any) -> Any:
    """May a text be a number of JSON?"""
    for i in range(n):
        c = t[i]
        if not (48 <= c <= 57 or c == 43 or c == 45 or c == 46 or c == 69 or c == 101 or c <= 32):
            return False
    return True


@part
def payload_of(t: Bytes, n: Any, how: int, out: Bytes, p: Any) -> Any:
    """Write what a text holds to `p`; its end, `AS_IT_IS` or `UNSURE`."""
    if n == 0:
        return AS_IT_IS
    c = t[0]
    if c <= 32:
        return UNSURE
    if c >= 128:  # white space of Unicode may stand before anything
        return AS_IT_IS if how == JSON or (how == AUTO and c != 0xC2 and not 0xE1 <= c <= 0xE3) else UNSURE
    begin, end = 0, n
    if c == 123 and (how == JSON or how == AUTO or how == BASE64 or how == HEX):
        for i in range(n):
            out[p + i] = t[i]
        return p + n if _is_object(out, p, p + n) else UNSURE
    if how == JSON:
        if c == 91 or c == 34:
            return UNSURE
        if c == 45 or 48 <= c <= 57:
            return UNSURE if _is_number_like(t, n) else AS_IT_IS
        if n <= 9 and (c == 116 or c == 102 or c == 110 or c == 78 or c == 73):
            return UNSURE
        return AS_IT_IS
    if how == BASE64:
        found = _from_base64(t, 0, n, out, p)
        return found if found > 0 and _said(out, p, found) == found else UNSURE
    marked = False
    if c == 92 or (c == 48 and n > 1 and t[1] == 120):
        marked = True
        while begin < n and begin < 3 and t[begin] == 92:
            begin += 1
        if c == 48:
            begin = 1
        if begin >= n or t[begin] != 120:
            return UNSURE
        begin += 1
    elif n > 2 and (c == 120 or c == 88) and t[1] == 39:
        if t[n - 1] != 39:
            return UNSURE
        marked = True
        begin, end = 2, n - 1
    if marked or how == HEX:
        found = _from_hex(t, begin, end, out, p)
        told = _said(out, p, found) if found > 0 else UNSURE
        return UNSURE if told == AS_IT_IS and how == HEX else told
    if (
        c == 91
        or c == 60
        or c == 34
        or (c == 45 and n > 2 and t[1] == 45)
        or (c == 98 and n > 1 and (t[1] == 39 or t[1] == 34))
    ):
        return UNSURE
    if t[n - 1] <= 32 or t[n - 1] >= 128:
        return UNSURE
    # digits that nothing marks: of {, [, <, -, gzip and zlib
    if n > 1 and (
        (c == 55 and (t[1] | 32 == 98 or t[1] == 56))
        or (c == 53 and t[1] | 32 == 98)
        or (c == 51 and t[1] | 32 == 99)
        or (c == 50 and t[1] | 32 == 100)
        or (c == 49 and t[1] | 32 == 102)
    ):
        found = _from_hex(t, 0, n, out, p)
        if found > 0:
            return found if _said(out, p, found) == found else UNSURE
    if n < 4:
        return AS_IT_IS
    found = _from_base64(t, 0, n, out, p)
    if found <= 0:
        return found
    return _said(out, p, found)


@part
def may_be_of_connect(out: Bytes, s: Any, e: Any) -> Any:
    """May an object be what Kafka Connect wraps: is its first key `schema` or `payload`, or none that is sure?"""
    i = s
    while i < e and out[i] != 34:
        i += 1
    i += 1
    if i + 7 >= e:
        return False
    if out[i] == 92:
        return True
    schema = out[i] == 115 and out[i + 1] == 99 and out[i + 5] == 97 and out[i + 6] == 34
    return schema or (out[i] == 112 and out[i + 1] == 97 and out[i + 6] == 100 and out[i + 7] == 34)
