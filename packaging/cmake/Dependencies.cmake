# Everything that is not ours. A package that a switch leaves out is never looked for.
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The precompiled torch header is only shared between builds when ccache may look through it.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
endif()

find_package(Threads REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)
find_package(Torch REQUIRED)
find_package(OpenMP REQUIRED)
find_package(PNG REQUIRED)
find_package(JPEG REQUIRED)
find_package(ZLIB REQUIRED)

# Debian's libxxhash-dev has no CMake package of its own.
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
find_library(XXHASH_LIBRARY xxhash REQUIRED)
add_library(xxHash::xxhash UNKNOWN IMPORTED)
set_target_properties(xxHash::xxhash PROPERTIES IMPORTED_LOCATION "${XXHASH_LIBRARY}"
                      INTERFACE_INCLUDE_DIRECTORIES "${XXHASH_INCLUDE_DIR}")

# Its CMake package wants libzip's programs, which Debian packs apart.
find_path(ZIP_INCLUDE_DIR zip.h REQUIRED)
find_library(ZIP_LIBRARY zip REQUIRED)
add_library(libzip::zip UNKNOWN IMPORTED)
set_target_properties(libzip::zip PROPERTIES IMPORTED_LOCATION "${ZIP_LIBRARY}"
                      INTERFACE_INCLUDE_DIRECTORIES "${ZIP_INCLUDE_DIR}")

set(HDF5_PREFER_PARALLEL OFF)
find_package(HDF5 REQUIRED COMPONENTS C)
if(HDF5_IS_PARALLEL)
  message(FATAL_ERROR "This HDF5 is the MPI one, the serial one is needed: "
                      "install libhdf5-dev, or set HDF5_ROOT to where it lies.")
endif()

if(MODASCOPE_IMAGING)
  find_package(ITK REQUIRED COMPONENTS ITKCommon ITKIOImageBase ITKIONIFTI ITKNIFTI)

  # The CMake package in Debian's libdcmtk-dev asks for programs of another package.
  find_path(DCMTK_INCLUDE_DIR dcmtk/dcmseg/segdoc.h REQUIRED)
  add_library(DCMTK::seg INTERFACE IMPORTED)
  target_include_directories(DCMTK::seg SYSTEM INTERFACE "${DCMTK_INCLUDE_DIR}")
  foreach(part dcmseg dcmfg dcmiod dcmdata oflog ofstd)
    find_library(DCMTK_${part} ${part} REQUIRED)
    target_link_libraries(DCMTK::seg INTERFACE "${DCMTK_${part}}")
  endforeach()
endif()

if(MODASCOPE_GUI)
  find_package(Qt6 REQUIRED COMPONENTS Core Gui Widgets Svg PrintSupport Test LinguistTools)
  find_package(QCustomPlotQt6 REQUIRED)
  find_package(VTK REQUIRED COMPONENTS CommonCore CommonDataModel FiltersCore FiltersGeneral
                                       ImagingCore RenderingCore RenderingOpenGL2
                                       RenderingAnnotation InteractionStyle)
endif()
