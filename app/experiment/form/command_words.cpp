#include "app/experiment/form/command_words.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include "app/settings/path_text.h"
#include "core/base/shell_word.h"
#include "core/config/config_keys.h"
#include "core/networks/adapter_facts.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

/// A command line, word by word.
class Words {
 public:
  Words(const std::string& program, const char* command)
      : text_(shellWord(program) + ' ' + command) {}

  void add(const std::string& option, const std::string& value) {
    // A value that looks like an option is one unless it is tied to its own.
    const bool looksLikeOption = value.starts_with('-');
    text_ += ' ' + option + (looksLikeOption ? "=" : " ") + shellWord(value);
  }
  void addPath(const std::string& option, const fs::path& path) {
    std::error_code code;
    const fs::path whole = fs::absolute(path, code);
    add(option, (code ? path : whole).string());
  }
  QString text() const { return QString::fromStdString(text_); }

 private:
  std::string text_;
};

/// Nothing lies there yet: an adaptation goes into a folder of its own.
fs::path freeFolder(const fs::path& wanted) {
  std::error_code ignored;
  fs::path folder = wanted;
  for (int number = 2; fs::exists(folder, ignored); ++number)
    folder = wanted.parent_path() / (wanted.filename().string() + "-" + std::to_string(number));
  return folder;
}

}  // namespace

std::string programWord() {
  const QString self = QCoreApplication::applicationFilePath();
  const QString found = QStandardPaths::findExecutable("modascope");
  std::error_code ignored;
  const bool known = !found.isEmpty() && fs::equivalent(asPath(found), asPath(self), ignored);
  return known ? "modascope" : self.toStdString();
}

QString commandFor(const TrainingRequest& request, Task task, const std::string& program) {
  Words words(program, "train");
  words.addPath("--data", request.data);
  words.addPath("--out", request.runs);
  for (const auto& assignment : differences(request.config, standardFor(task)))
    words.add("--set", assignment);
  return words.text();
}

QString commandFor(const AdaptationRequest& request, const std::string& program) {
  const AdaptationRequest standard;
  fs::path name = request.run.filename();
  if (name.empty()) name = request.run.parent_path().filename();
  Words words(program, "adapt");
  words.addPath("--run", request.run);
  words.addPath("--data", request.data);
  words.addPath("--out", freeFolder(request.runs / name.concat("-" + request.method)));
  words.add("--method", request.method);
  if (request.subsets != standard.subsets) words.add("--subsets", request.subsets);
  if (request.checkpoint != standard.checkpoint) words.add("--checkpoint", request.checkpoint);
  if (adapterNamed(request.method).hasRank && request.rank != standard.rank)
    words.add("--rank", std::to_string(request.rank));
  if (request.steps > 0) words.add("--steps", std::to_string(request.steps));
  if (request.learningRate > 0) words.add("--lr", toText(ConfigValue(request.learningRate)));
  if (request.seed >= 0) words.add("--seed", std::to_string(request.seed));
  if (request.split != standard.split) words.add("--split", request.split);
  return words.text();
}

QString commandToResume(const fs::path& run, std::optional<std::int64_t> steps,
                        const std::string& program) {
  Words words(program, "train");
  words.addPath("--resume", run);
  if (steps) words.add("--set", "train.steps=" + std::to_string(*steps));
  return words.text();
}

}  // namespace modascope
