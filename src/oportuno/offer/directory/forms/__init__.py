"""What people type into the directory's pages. What it means, and whether it will do, the actions say."""
