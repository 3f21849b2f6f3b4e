# Which version the sources are, in an order that dpkg understands:
#
#   0.2.0                        the commit with the tag v0.2.0
#   0.2.0+5.g1a2b3c4             five commits after it
#   0.2.0~git202612010937.1a2b3c4   no tag yet: on the way to the project's version, by commit time, UTC
#   0.2.0                        no git: the project's version
#
# "+local" follows when files differ from the commit.
function(_git folder out)
  execute_process(COMMAND ${CMAKE_COMMAND} -E env GIT_OPTIONAL_LOCKS=0 TZ=UTC git -C ${folder} ${ARGN}
                  OUTPUT_VARIABLE text RESULT_VARIABLE failed ERROR_QUIET OUTPUT_STRIP_TRAILING_WHITESPACE)
  if(failed)
    set(text "")
  endif()
  set(${out} "${text}" PARENT_SCOPE)
endfunction()

# A tarball may lie inside the repository of something else, so ".git" must be its own.
function(_describe folder out)
  set(${out} "" PARENT_SCOPE)
  if(EXISTS ${folder}/.git)
    _git(${folder} described describe --tags --long --dirty --always --abbrev=7
         --match "v[0-9]*.[0-9]*.[0-9]*")
    set(${out} "${described}" PARENT_SCOPE)
  endif()
endfunction()

# source_version(${PROJECT_SOURCE_DIR} ${PROJECT_VERSION} version)
function(source_version folder project_version out)
  _describe(${folder} described)
  if(described MATCHES "^v([0-9.]+)-0-g[0-9a-f]+(-dirty)?$")
    set(version ${CMAKE_MATCH_1})
  elseif(described MATCHES "^v([0-9.]+)-([0-9]+)-(g[0-9a-f]+)(-dirty)?$")
    set(version ${CMAKE_MATCH_1}+${CMAKE_MATCH_2}.${CMAKE_MATCH_3})
  elseif(described MATCHES "^([0-9a-f]+)(-dirty)?$")
    set(hash ${CMAKE_MATCH_1})
    _git(${folder} time log -1 --format=%cd --date=format-local:%Y%m%d%H%M)
    set(version ${project_version}~git${time}.${hash})
  else()
    set(version ${project_version})
  endif()
  if(described MATCHES "-dirty$")
    string(APPEND version "+local")
  endif()
  set(${out} ${version} PARENT_SCOPE)
endfunction()

# The day of the last commit, or today without git: source_date(${PROJECT_SOURCE_DIR} date)
function(source_date folder out)
  if(EXISTS ${folder}/.git)
    _git(${folder} date log -1 --format=%cd --date=format-local:%Y-%m-%d)
  endif()
  if(NOT date)
    string(TIMESTAMP date %Y-%m-%d UTC)
  endif()
  set(${out} ${date} PARENT_SCOPE)
endfunction()
