"""The house's looks: words for time and number, faces, charts, the frame of every page. Imports no room."""
