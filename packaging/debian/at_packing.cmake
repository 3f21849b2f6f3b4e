# Read by cpack before it packs: the version is that of the commit, and the program must be of it.
include(${CPACK_MODASCOPE_SOURCES}/packaging/version/source_version.cmake)
source_version(${CPACK_MODASCOPE_SOURCES} ${CPACK_MODASCOPE_PROJECT_VERSION} version)
execute_process(COMMAND ${CPACK_MODASCOPE_PROGRAM} --version OUTPUT_VARIABLE built
                OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT built STREQUAL version)
  message(FATAL_ERROR "The sources are ${version} and the program was built from ${built}: build it first.")
endif()
set(CPACK_PACKAGE_VERSION ${version})
set(CPACK_DEBIAN_PACKAGE_VERSION ${version})
