"""Pages of audience: public forms, the workbench's contacts and questions, and what is held of me."""
