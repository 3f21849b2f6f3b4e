#include "core/hdf5/hdf5_process.h"

#include <chrono>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/system/own_program.h"

namespace modascope::hdf5 {
namespace fs = std::filesystem;
namespace {

constexpr const char* kProgram = "modascope-hdf5";
/// Without a byte: a network drive that is gone. A loop ends earlier, by its processor time.
constexpr auto kLongestSilence = std::chrono::minutes(5);
constexpr std::chrono::milliseconds kAskForStop{50};

/// Beside this program, where it is installed, or further up, since tests lie in folders of their
/// own below the build folder. Never one that somebody else put there.
fs::path readerProgram() {
  const fs::path here = ownProgram().parent_path();
  const auto own = ownProgramFacts();
  std::vector<fs::path> places{here, here.parent_path() / "libexec" / "modascope"};
  for (fs::path up = here; up.has_relative_path();) places.push_back(up = up.parent_path());
  for (const fs::path& place : places) {
    const fs::path program = place / kProgram;
    const auto its = factsOf(program);
    if (its && (its->owner == 0 || (own && its->owner == own->owner))) return program;
  }
  throw Error(std::string(kProgram) +
                  ", the part of Modascope that reads HDF5 files, is neither in " +
                  inQuotes(places[0]) + " nor in " + inQuotes(places[1]) +
                  "; install or build Modascope again.",
              Fault::System);
}

Error notStarted(const std::error_code& why) {
  return Error(std::string(kProgram) +
                   ", which reads HDF5 files, could not be started: " + why.message() + ".",
               Fault::System);
}

}  // namespace

ReaderProcess::ReaderProcess(fs::path file, std::stop_token stop)
    : file_(std::move(file)), stop_(std::move(stop)) {
  start();
}

void ReaderProcess::start() {
  std::error_code why;
  process_.start(readerProgram(), why);
  if (why) throw notStarted(why);
}

void ReaderProcess::throwDamaged() {
  process_.end();
  throw Error(inQuotes(file_) + " is damaged: the HDF5 library failed on it at " + path_ + ".");
}

void ReaderProcess::throwTooLong() {
  const auto passed = std::chrono::steady_clock::now() - asked_;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
  process_.end();
  throw Error(inQuotes(file_) + " took longer than " + std::to_string(seconds) + " s to read at " +
              path_ + "; it is damaged, or its drive does not answer.");
}

/// The socket is closed from the other side.
void ReaderProcess::throwEnded() {
  switch (process_.awaitEnd()) {
    case HelperProcess::End::ProcessorTime:
      throwTooLong();
    case HelperProcess::End::Killed:
      throw Error(inQuotes(file_) + " could not be read: the system ended " + kProgram +
                      ", most likely for want of memory.",
                  Fault::System);
    default:
      throwDamaged();
  }
}

void ReaderProcess::send(const Packer& request, const std::string& path) {
  if (!process_.isRunning())
    throw Error(inQuotes(file_) + " cannot be read on: reading it failed before.", Fault::System);
  path_ = path;
  asked_ = std::chrono::steady_clock::now();
  const FrameHead head{Answer::Good, static_cast<std::uint32_t>(request.bytes().size())};
  if (!process_.send(Packer().put(head).bytes() + request.bytes())) throwEnded();
}

void ReaderProcess::awaitBytes() {
  const auto begun = std::chrono::steady_clock::now();
  do {  // asked for each piece: they may come without a pause
    if (stop_.stop_requested()) {
      process_.end();
      throw Error("Reading " + inQuotes(file_) + " was stopped.", Fault::System);
    }
    if (std::chrono::steady_clock::now() - begun > kLongestSilence) throwTooLong();
  } while (!process_.await(kAskForStop));
}

void ReaderProcess::receive(void* into, std::size_t size) {
  auto* next = static_cast<char*>(into);
  for (char* const last = next + size; next != last;) {
    awaitBytes();
    const auto now = process_.receive(next, static_cast<std::size_t>(last - next));
    if (!now) throwEnded();
    next += *now;
  }
}

std::size_t ReaderProcess::nextLength() {
  FrameHead head;
  receive(&head, sizeof head);
  if (head.length > kLongestFrame) throwDamaged();
  if (head.answer == Answer::Good) return head.length;
  std::string sentence(head.length, '\0');
  receive(sentence.data(), sentence.size());
  throw Error(sentence, head.answer == Answer::Refused ? Fault::Request : Fault::System);
}

std::string ReaderProcess::nextFrame() {
  std::string bytes(nextLength(), '\0');
  receive(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace modascope::hdf5
