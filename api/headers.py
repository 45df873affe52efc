"""The headers that every answer has, whatever it says."""

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types app"
)
_API_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
_PERMISSIONS = (
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), hid=(), "
    "display-capture=(), idle-detection=(), clipboard-read=(), browsing-topics=()"
)


def fixed_headers(of_api: bool, secure: bool) -> list[tuple[bytes, bytes]]:
    """Names and values, of an answer of the API or of a page; `secure` where the service is reached by https."""
    headers = {
        "content-security-policy": _API_POLICY if of_api else _PAGE_POLICY,
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-resource-policy": "same-origin",
        "origin-agent-cluster": "?1",
        "permissions-policy": _PERMISSIONS,
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
    }
    if of_api:
        headers |= {"vary": "Cookie"}
    if secure:
        headers |= {"strict-transport-security": "max-age=63072000; includeSubDomains"}
        headers["content-security-policy"] += "; upgrade-insecure-requests"
    return [(name.encode(), value.encode()) for name, value in headers.items()]
