"""Documents with known truth, made by real tools (Chromium, LibreOffice) from invented villages."""
