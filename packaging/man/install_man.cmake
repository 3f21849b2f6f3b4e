# Told: program, sources, folder (of the build), man_folder (below the prefix).
include(${sources}/packaging/version/source_version.cmake)
source_date(${sources} date)
execute_process(COMMAND ${sources}/packaging/man/make_man.sh ${program} ${date}
                OUTPUT_FILE ${folder}/modascope.1 COMMAND_ERROR_IS_FATAL ANY)
file(INSTALL ${folder}/modascope.1 DESTINATION ${CMAKE_INSTALL_PREFIX}/${man_folder})
