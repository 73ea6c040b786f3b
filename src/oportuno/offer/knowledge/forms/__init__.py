"""What is typed into the knowledge centre's workbench."""
