"""Passphrases and one-time codes: argon2id by argon2-cffi, random tokens, nothing of our own."""

import asyncio
import hashlib
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from api.settings import Settings

SHORTEST = 12
LONGEST = 128
# Words that a guesser tries first; a passphrase made of one of them with digits around it is no passphrase.
_COMMON = ("password", "passphrase", "qwertyuiop", "123456789012", "alongside", "letmein", "iloveyou", "abcdefghijkl")
# Without O, I, 0 and 1, which people mix up when they read a code aloud.
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Passwords:
    """Hashes and checks passphrases, two at a time, away from the event loop."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=settings.password_memory_kib, parallelism=1)
        # Checked when the login is unknown, so that the answer takes as long.
        self._nobody = self._hasher.hash(secrets.token_urlsafe())
        self._turn = asyncio.Semaphore(2)

    def hash_now(self, password: str) -> str:
        """The hash to keep."""
        return self._hasher.hash(password)

    async def hash(self, password: str) -> str:
        """The hash to keep, away from the event loop."""
        async with self._turn:
            return await asyncio.to_thread(self.hash_now, password)

    async def fits(self, kept: str | None, password: str) -> bool:
        """Whether the passphrase is the one kept; False after the same time where there is none."""
        async with self._turn:
            return await asyncio.to_thread(self._fits, kept, password)

    def _fits(self, kept: str | None, password: str) -> bool:
        try:
            self._hasher.verify(kept or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return kept is not None


def is_weak(password: str, login: str) -> bool:
    """Whether a guesser would find it early: too short, the login, a common word with digits, one repeated letter."""
    bare = password.lower().strip("0123456789!?.,-_ ")
    return (
        not SHORTEST <= len(password) <= LONGEST
        or bare in ("", login.lower(), *_COMMON)
        or password.lower() in _COMMON
        or len(set(password)) < 4
    )


def new_token() -> str:
    """A session token: 256 random bits."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A one-time code of 80 random bits, in groups that can be read aloud."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(16))
    return "-".join(letters[start : start + 4] for start in range(0, 16, 4))


def digest(secret: str) -> bytes:
    """What is kept of a token or a code."""
    return hashlib.sha256(secret.encode()).digest()


def code_digest(code: str) -> bytes:
    """What is kept of a one-time code, however it was typed."""
    return digest("".join(letter for letter in code.upper() if letter.isalnum()))
