# Run by cpack on the files to be packed: adds what Debian's policy asks for beside them.
set(here ${CPACK_MODASCOPE_SOURCES}/packaging/debian)
set(share ${CPACK_TEMPORARY_DIRECTORY}/usr/share)
set(doc ${share}/doc/modascope)

function(write_compressed file)
  execute_process(COMMAND gzip -9nf ${file} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

execute_process(COMMAND strip --strip-unneeded --remove-section=.comment --remove-section=.note
                        ${CPACK_TEMPORARY_DIRECTORY}/usr/bin/modascope
                        ${CPACK_TEMPORARY_DIRECTORY}/usr/libexec/modascope/modascope-hdf5
                COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE ${doc}/LICENSE)  # copyright names the copy that every Debian has
file(COPY ${here}/copyright DESTINATION ${doc})
execute_process(COMMAND ${here}/changelog.sh ${CPACK_DEBIAN_PACKAGE_VERSION}
                        ${CPACK_DEBIAN_PACKAGE_MAINTAINER}
                OUTPUT_FILE ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY)
write_compressed(${doc}/changelog)
write_compressed(${share}/man/man1/modascope.1)
file(MAKE_DIRECTORY ${share}/lintian/overrides)
configure_file(${here}/lintian-overrides ${share}/lintian/overrides/modascope COPYONLY)
