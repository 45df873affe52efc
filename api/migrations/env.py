"""Runs the migrations on the connection that the caller opened, so that they are one transaction with its lock."""

from alembic import context

from api.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=False, transactional_ddl=True)
context.run_migrations()
