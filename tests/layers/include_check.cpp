#include "tests/layers/include_check.h"

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/layers/include_lines.h"

namespace modascope::layers {
namespace {

std::string folderOf(const std::string& file) {
  return file.substr(0, file.rfind('/'));
}

bool isOurs(const std::string& target) {
  return target.starts_with("core/") || target.starts_with("widgets/") ||
         target.starts_with("app/");
}

/// A library and the folders that may name it, with all that lies below them: all files, or the
/// .cpp files only. "app" stands for its own files alone.
struct Library {
  std::string name;
  std::regex headers;
  std::vector<std::string> everywhere;
  std::vector<std::string> sourcesOnly;
  bool notEvenSeen;  ///< nor may another header bring it in
};

const std::vector<Library>& libraries() {
  static const std::vector<Library> all{
      {"Qt",
       std::regex(R"((Q[A-Z]|Qt)\w*(/.*)?|q[a-z]+\.h)"),
       {"widgets", "app/settings", "app/jobs", "app/pages", "app/experiment", "app/inspect",
        "app/demo", "app/window", "app"},
       {},
       false},
      {"QCustomPlot", std::regex(R"(qcustomplot\.h)"), {"widgets/plots"}, {}, false},
      {"QSettings", std::regex("(QtCore/)?QSettings"), {"app/settings"}, {}, false},
      {"torch",
       std::regex("(torch|ATen|c10)/.*"),
       {"core/compute", "core/data", "core/models", "core/gmd", "core/optim", "core/inference",
        "core/attribution", "core/checkpoints", "core/train", "core/adapters"},
       {"app/work", "app/jobs"},
       true},
      {"ITK", std::regex(R"(itk\w*\.h.*|gdcm.*)"), {}, {"core/volume"}, true},
      {"DCMTK", std::regex("dcmtk/.*"), {"core/dicom"}, {}, true},
      {"VTK", std::regex(R"(vtk\w*\.h)"), {"widgets/bridge", "widgets/scene"}, {"app/jobs"}, false},
      {"libzip", std::regex(R"(zip\.h)"), {}, {"core/demo"}, false},
      {"CLI11", std::regex("CLI/.*"), {"app/cli", "app/window"}, {}, false},
      {"POSIX",
       std::regex(
           R"((unistd|fcntl|signal|sched|malloc|poll|spawn|dlfcn|pthread|termios|dirent)\.h|)"
           R"(csignal|sys/.*)"),
       {"core/system"},
       {},
       false},
  };
  return all;
}

bool liesIn(const std::string& folder, const std::vector<std::string>& places) {
  return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
    return folder == place || (place != "app" && folder.starts_with(place + '/'));
  });
}

bool mayName(const std::string& file, const Library& library) {
  const std::string folder = folderOf(file);
  return liesIn(folder, library.everywhere) ||
         (file.ends_with(".cpp") && liesIn(folder, library.sourcesOnly));
}

class Checker {
 public:
  Checker(const Sources& sources, const AllowedArrows& arrows)
      : sources_(sources), arrows_(arrows) {
    for (const auto& [file, text] : sources_) includes_[file] = includeLines(text);
  }

  std::vector<std::string> check() {
    for (const auto& [file, includes] : includes_) {
      if (!arrows_.knows(arrows_.roomOf(file))) {
        complain(file, 1, "lies in a folder that allowed_includes.txt does not name");
      }
      for (const auto& include : includes) checkOne(file, include);
    }
    return complaints_;
  }

 private:
  void checkOne(const std::string& file, const IncludeLine& include) {
    checkSpelling(file, include);
    if (isOurs(include.target)) {
      checkArrow(file, include);
      checkWhatComesWithIt(file, include);
    }
    for (const auto& library : libraries()) {
      if (std::regex_match(include.target, library.headers) && !mayName(file, library)) {
        complain(file, include.line, "may not name " + library.name + " (" + include.target + ")");
      }
    }
  }

  void checkSpelling(const std::string& file, const IncludeLine& include) {
    if (include.target.find("..") != std::string::npos) {
      complain(file, include.line, "goes up with .. in " + include.target);
    } else if (include.quoted && !isOurs(include.target) && !include.target.ends_with(".moc") &&
               include.target.find('/') == std::string::npos &&
               sources_.count(folderOf(file) + "/" + include.target) != 0) {
      complain(file, include.line, "names " + include.target + " without its path from the top");
    }
  }

  void checkArrow(const std::string& file, const IncludeLine& include) {
    const std::string from = arrows_.roomOf(file);
    const std::string to = arrows_.roomOf(include.target);
    if (!arrows_.allows(from, to)) {
      complain(file, include.line, from + " may not include " + to + " (" + include.target + ")");
    }
  }

  void checkWhatComesWithIt(const std::string& file, const IncludeLine& include) {
    for (const auto& library : libraries()) {
      if (!library.notEvenSeen || mayName(file, library)) continue;
      std::set<std::string> seen;
      if (brings(include.target, library, seen)) {
        complain(file, include.line, include.target + " brings " + library.name + " in");
      }
    }
  }

  /// Whether `header` includes the library, itself or through our other headers.
  bool brings(const std::string& header, const Library& library,
              std::set<std::string>& seen) const {
    const auto found = includes_.find(header);
    if (found == includes_.end() || !seen.insert(header).second) return false;
    return std::any_of(found->second.begin(), found->second.end(), [&](const IncludeLine& include) {
      return std::regex_match(include.target, library.headers) ||
             (isOurs(include.target) && brings(include.target, library, seen));
    });
  }

  void complain(const std::string& file, int line, const std::string& words) {
    complaints_.push_back(file + ":" + std::to_string(line) + ": " + words);
  }

  const Sources& sources_;
  const AllowedArrows& arrows_;
  std::map<std::string, std::vector<IncludeLine>> includes_;
  std::vector<std::string> complaints_;
};

}  // namespace

Sources readSources(const std::filesystem::path& top, const std::vector<std::string>& folders) {
  Sources sources;
  for (const auto& folder : folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top / folder)) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      std::ifstream stream(entry.path());
      std::stringstream text;
      text << stream.rdbuf();
      sources[entry.path().lexically_relative(top).generic_string()] = text.str();
    }
  }
  return sources;
}

std::vector<std::string> complaintsAbout(const Sources& sources, const AllowedArrows& arrows) {
  return Checker(sources, arrows).check();
}

std::vector<std::string> idleArrows(const Sources& sources, const AllowedArrows& arrows) {
  std::set<std::pair<std::string, std::string>> followed;
  for (const auto& [file, text] : sources)
    for (const IncludeLine& include : includeLines(text))
      followed.emplace(arrows.roomOf(file), arrows.roomOf(include.target));
  std::vector<std::string> idle;
  for (const auto& [from, targets] : arrows.all())
    for (const auto& [to, line] : targets)
      if (!followed.contains({from, to}))
        idle.push_back("allowed_includes.txt:" + std::to_string(line) + ": " + from +
                       " includes nothing of " + to);
  return idle;
}

}  // namespace modascope::layers
