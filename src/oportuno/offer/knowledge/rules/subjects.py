"""Icons that a subject may have, the usual one first."""

ICONS = (
    "book", "bulb", "calculator", "calendar", "certificate", "chart-bar", "coins", "cpu", "droplet", "file-certificate", "flask", "flower",
    "gavel", "globe", "growth", "heart", "leaf", "package", "plane-departure", "plant", "report-analytics", "ruler", "scale", "seedling",
    "settings", "shield-check", "snowflake", "target", "temperature", "truck-delivery", "users",
)  # fmt: skip
