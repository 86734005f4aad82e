"""JSON texts as TensorFlow Serving's parser (RapidJSON with NaN and infinities) reads them, with its error texts."""

import json
import math
import re

from keras_gans.serving.errors import invalid

_REASONS = {
    "Expecting value": "Invalid value.",
    "Expecting property name enclosed in double quotes": "Missing a name for object member.",
    "Illegal trailing comma before end of object": "Missing a name for object member.",
    "Illegal trailing comma before end of array": "Invalid value.",
    "Expecting ':' delimiter": "Missing a colon after a name of object member.",
    "Unterminated string starting at": "Missing a closing quotation mark in string.",
    "Invalid \\escape": "Invalid escape character in string.",
    "Invalid \\uXXXX escape": "Incorrect hex digit after \\u escape in string.",
    "Invalid control character at": "Invalid encoding in string.",
}
_SPACE = " \t\n\r"
_STRING = r'"(?:[^"\\]|\\.)*"'
_STRING_OR_SHORT_INFINITY = re.compile(_STRING + r"|-?\bInf\b|-NaN\b")
_STRING_OR_BRACKET = re.compile(_STRING + r"|[][{}]", re.DOTALL)
_MAYBE_TOO_BIG = re.compile(r"[eE]\+?\d{3,}|\d{200,}")
_LONGEST_QUOTE = 1024


def parse_object(body):
    """The object that a request body holds, as Python values; of equal keys the first one wins.

    Text after the root value is ignored. Bytes that are no UTF-8 become lone surrogates, which `text_to_bytes` undoes.
    Unlike TensorFlow Serving's parser, this one refuses a nesting of about a thousand levels.
    """
    text = body.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    if not text:
        raise invalid("JSON Parse error: The document is empty")
    try:
        document = _parse(text)
    except RecursionError:
        raise invalid("JSON Parse error: Nesting is too deep. at offset: 0") from None
    if not isinstance(document, dict):
        raise value_error(document, "Is not object")
    return document


def text_to_bytes(text):
    """The bytes of a JSON string; escapes of half a surrogate pair are refused."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        raise invalid("JSON Parse error: The surrogate pair in string is invalid. at offset: 0") from None


def value_error(value, sentence):
    """The error that quotes a JSON value."""
    return invalid(f"JSON Value: {quote(value)} {sentence}")


def quote(value):
    """A JSON value as text for an error, indented by four spaces; a long one is cut short and on one line."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > _LONGEST_QUOTE:
        return text[:_LONGEST_QUOTE] + "...TRUNCATED"
    return json.dumps(value, ensure_ascii=False, indent=4)


def _parse(text):
    start = len(text) - len(text.lstrip(_SPACE))
    if start == len(text):
        raise invalid(f"JSON Parse error: The document is empty. at offset: {start}")
    # A hook for each number is slow, so the rare texts that may hold a number beyond double are recognised first.
    strict = {"parse_float": _checked_float, "parse_int": _checked_integer} if _MAYBE_TOO_BIG.search(text) else {}
    decoder = json.JSONDecoder(object_pairs_hook=_first_wins, **strict)
    try:
        return decoder.raw_decode(text, start)[0]
    except json.JSONDecodeError as error:
        longer = _STRING_OR_SHORT_INFINITY.sub(_spell_out, text)
        if longer != text:
            return _parse(longer)
        raise _syntax_error(text, error) from None


def _first_wins(pairs):
    members = {}
    for key, value in pairs:
        members.setdefault(key, value)
    return members


def _spell_out(match):
    token = match.group()
    return token if token.startswith('"') else {"Inf": "Infinity", "-Inf": "-Infinity", "-NaN": "NaN"}[token]


def _checked_float(text):
    number = float(text)
    if math.isinf(number):
        raise invalid("JSON Parse error: Number too big to be stored in double. at offset: 0")
    return number


def _checked_integer(text):
    # Python refuses to parse integers of more than 4300 digits; a double holds 309 at most.
    if len(text) > 310 or math.isinf(float(text)):
        raise invalid("JSON Parse error: Number too big to be stored in double. at offset: 0")
    return int(text)


def _syntax_error(text, error):
    reason = _REASONS.get(error.msg)
    if reason is None:
        inside = _innermost_bracket(text, error.pos)
        reason = (
            "Missing a comma or ] after an array element."
            if inside == "["
            else ("Missing a comma or } after an object member.")
        )
    offset = len(text[: error.pos].encode("utf-8", "surrogatepass"))
    return invalid(f"JSON Parse error: {reason} at offset: {offset}")


def _innermost_bracket(text, position):
    """The bracket that is still open at a position."""
    opened = []
    for match in _STRING_OR_BRACKET.finditer(text, 0, position):
        token = match.group()
        if token in "[{":
            opened.append(token)
        elif token in "]}" and opened:
            opened.pop()
    return opened[-1] if opened else ""
