# cmake -DSOURCE=… -DPROJECT_VERSION=… -DIN=FILE.in -DOUT=FILE -P write_version.cmake
# Asks at every build, since a commit changes no file that the build looks at, and writes only news.
cmake_minimum_required(VERSION 3.25)
include(${CMAKE_CURRENT_LIST_DIR}/source_version.cmake)
source_version(${SOURCE} ${PROJECT_VERSION} version)
configure_file(${IN} ${OUT} @ONLY)
