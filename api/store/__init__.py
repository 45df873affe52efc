"""SQL: functions of a connection, the same statements on SQLite and PostgreSQL."""
