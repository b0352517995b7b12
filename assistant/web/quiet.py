"""What Gradio must know before it is imported."""

from __future__ import annotations

from collections.abc import MutableMapping

_SWITCHES = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_CACHE_EXAMPLES": "False",
    "GRADIO_FLAGGING_MODE": "never",
    "GRADIO_MCP_SERVER": "False",
    "GRADIO_RUN_HISTORY": "False",
    "GRADIO_SHARE": "False",
    "GRADIO_SSR_MODE": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
}
_NEVER = ("GRADIO_ALLOWED_PATHS", "GRADIO_ROOT_PATH", "GRADIO_VIBE_MODE", "GRADIO_WATCH_DIRS", "SPACE_ID")


def quiet_gradio(environment: MutableMapping[str, str]) -> None:
    """Set the switches that Gradio reads as it is imported: no analytics, no sharing, no folders beyond its own."""
    environment.update(_SWITCHES)
    for name in _NEVER:
        environment.pop(name, None)
