// Files that others wrote are read in few ways, which are bounded: no source goes another way.
#include <QTest>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/test_program.h"

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

std::string textOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The sources of core and app that hold one of these words, by their paths from the top.
Words sourcesWith(const Words& words) {
  const fs::path top = MODASCOPE_SOURCE_DIR;
  Words found;
  for (const char* folder : {"core", "app"})
    for (const auto& entry : fs::recursive_directory_iterator(top / folder)) {
      const std::string ending = entry.path().extension().string();
      if (ending != ".cpp" && ending != ".h") continue;
      const std::string text = textOf(entry.path());
      const bool has = std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        return text.find(word) != std::string::npos;
      });
      if (has) found.push_back(entry.path().lexically_relative(top).generic_string());
    }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

class ReadersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSearchFindsWhatIsThere() {
    QVERIFY(sourcesWith({"cleanTerminalOutput();"}) ==
            (Words{"app/main.cpp", "core/system/terminal.h"}));
    QVERIFY(sourcesWith({"no source holds this"}).empty());
  }

  void jsonIsParsedInOnePlace() {  // sized, not nested without end, no key twice, in linear time
    const Words found = sourcesWith({"json::parse(", "Json::parse(", "Result::parse("});
    QVERIFY2(found == Words{"core/files/bounded_json.cpp"}, found.empty() ? "" : found[0].c_str());
  }

  void tomlIsParsedInOnePlace() {
    QVERIFY(sourcesWith({"toml::parse("}) == Words{"core/config/bounded_toml.cpp"});
  }

  void filesOfOthersAreOpenedByInputFile() {
    // What the system says of itself, a run's own metrics, and HDF5 after it was asked what it is.
    const Words known{"core/system/own_program.cpp",      "app/work/steps/benchmark.cpp",
                      "core/hdf5/hdf5_file.cpp",          "core/hdf5/hdf5_opening.cpp",
                      "core/system/process_mark.cpp",     "core/runs/recording/run_recorder.cpp",
                      "core/system/available_memory.cpp", "core/system/usable_cores.cpp"};
    for (const std::string& file : sourcesWith({"std::ifstream "}))
      QVERIFY2(std::find(known.begin(), known.end(), file) != known.end(),
               (file + " opens a file by itself; InputFile does not wait for pipes").c_str());
  }
};

APPLESS_TEST(ReadersTest)
#include "readers_test.moc"
