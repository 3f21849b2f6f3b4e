#pragma once

#include <chrono>
#include <filesystem>
#include <stop_token>
#include <string>

#include "core/hdf5/hdf5_wire.h"
#include "core/system/helper_process.h"

namespace modascope::hdf5 {

/// The program that reads one HDF5 file for us, in a process of its own: the HDF5 library crashes
/// or loops for ever on some damaged files, and then only that process ends. It cannot outlive this
/// object. One thread at a time; every function throws `Error`.
class ReaderProcess {
 public:
  ReaderProcess(std::filesystem::path file, std::stop_token stop);

  /// Sends a request about `path`, a place in the file.
  void send(const Packer& request, const std::string& path);
  /// The length of the answer's next frame. Throws the sentence that came instead.
  std::size_t nextLength();
  void receive(void* into, std::size_t size);
  std::string nextFrame();

  /// For what comes and cannot be: the process was damaged by what it read.
  [[noreturn]] void throwDamaged();

 private:
  void start();
  void awaitBytes();
  [[noreturn]] void throwTooLong();
  [[noreturn]] void throwEnded();

  std::filesystem::path file_;
  std::stop_token stop_;
  std::string path_;  ///< what was asked about, and when
  std::chrono::steady_clock::time_point asked_;
  HelperProcess process_;
};

}  // namespace modascope::hdf5
