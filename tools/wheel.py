"""Puts the built phone app into the wheel, where api/web.py finds it; without a build the wheel has no phone app."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PhoneApp(BuildHookInterface[Any]):
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        built = Path(self.root, "pwa", "dist")
        # An editable install reads pwa/dist itself; a copy would go stale.
        if version != "editable" and built.is_dir():
            build_data["force_include"][str(built)] = "api/web_dist"
