#!/bin/sh
# Runs a program on a display of its own, so that tests never open windows on the user's screen.
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb LIBGL_ALWAYS_SOFTWARE=1
exec xvfb-run -a -s "-screen 0 1920x1200x24 +extension GLX" "$@"
