#pragma once

#include <QByteArray>
#include <filesystem>
#include <fstream>
#include <string>

namespace modascope::testing {

/// A program of that name in a folder, which writes its arguments there, a line each, as
/// "NAME.arguments". With another `interpreter` than a shell it does not start.
inline void makeProgram(const std::filesystem::path& folder, const std::string& name,
                        const std::string& interpreter = "/bin/sh") {
  namespace fs = std::filesystem;
  fs::create_directories(folder);
  const fs::path told = folder / (name + ".arguments");
  std::ofstream(folder / name) << "#!" << interpreter << "\nprintf '%s\\n' \"$@\" > '"
                               << told.string() << ".part'\nmv '" << told.string() << ".part' '"
                               << told.string() << "'\n";
  fs::permissions(folder / name, fs::perms::owner_all);
}

/// Where programs are looked for, as long as it lives: in one folder before all others.
class ProgramsIn {
 public:
  explicit ProgramsIn(const std::filesystem::path& folder) {
    qputenv("PATH", QByteArray::fromStdString(folder.string()) + ':' + before_);
  }
  ~ProgramsIn() { qputenv("PATH", before_); }
  ProgramsIn(const ProgramsIn&) = delete;
  ProgramsIn& operator=(const ProgramsIn&) = delete;

 private:
  const QByteArray before_ = qgetenv("PATH");
};

}  // namespace modascope::testing
