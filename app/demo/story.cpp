#include "app/demo/story.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

#include "core/metrics/next_scan.h"

namespace modascope {
namespace {

constexpr auto kMostNeeded = "most-needed";

QStringList wordsOf(const QString& list) {
  QStringList words;
  for (const QString& word : list.split(',', Qt::SkipEmptyParts)) words << word.trimmed().toLower();
  return words;
}

/// "without: t1ce"; false where the line means nothing.
bool takeSetting(StoryStep& step, const QString& line) {
  const QString key = line.section(':', 0, 0).trimmed().toLower();
  const QStringList words = wordsOf(line.section(':', 1));
  if (key == "without")
    step.without = words;
  else if (key == "only")
    step.only = words;
  else if (key == "show" && words == QStringList{"both-networks"})
    step.sideBySide = true;
  else if (key == "show" && words == QStringList{"truth"})
    step.truth = true;
  else if (key == "show" && words == QStringList{"what-decides"})
    step.layer = DemoLayer::Decides;
  else if (key == "show" && words == QStringList{"border"})
    step.layer = DemoLayer::Border;
  else
    return false;
  return true;
}

void takeLine(Story& story, const QString& line) {
  if (line.startsWith("## ")) {
    story.steps.emplace_back().title = line.mid(3).trimmed();
  } else if (line.startsWith("# ")) {
    story.title = line.mid(2).trimmed();
  } else if (!line.isEmpty() && !story.steps.empty()) {
    StoryStep& step = story.steps.back();
    if (line.startsWith("- ")) {
      if (!takeSetting(step, line.mid(2))) story.unknown << line;
    } else {
      step.sentence += (step.sentence.isEmpty() ? "" : " ") + line;
    }
  }
}

std::optional<ModalitySet> setOf(const QStringList& keys, const OpenedDemo& opened) {
  std::uint8_t bits = 0;
  for (const QString& key : keys) {
    const auto id =
        key == kMostNeeded ? mostNeeded(opened) : opened.demo.schema.find(key.toStdString());
    if (id) bits |= ModalitySet(*id).bits();
  }
  return ModalitySet::fromBits(bits);
}

QString readAll(const QString& name) {
  QFile file(name);
  return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

}  // namespace

Story storyFrom(const QString& markdown) {
  Story story;
  for (const QString& line : markdown.split('\n')) takeLine(story, line.trimmed());
  return story;
}

QString storyText(const QStringList& languages) {
  const QString own =
      QStandardPaths::locate(QStandardPaths::GenericConfigLocation, "modascope/story.md");
  if (!own.isEmpty()) return readAll(own);
  for (const QString& language : languages) {
    const QString text = readAll(":/demo/story." + language.left(2).toLower() + ".md");
    if (!text.isEmpty()) return text;
  }
  return readAll(":/demo/story.en.md");
}

ModalityId mostNeeded(const OpenedDemo& opened) {
  const auto worth =
      worthOfKeeping(withoutEmptyRegions(opened.tables.front()), opened.demo.available());
  return worth.empty() ? opened.demo.available().ids().front() : worth.front().modality;
}

DemoLook lookOf(const StoryStep& step, const OpenedDemo& opened) {
  const ModalitySet available = opened.demo.available();
  ModalitySet set = available;
  if (const auto only = setOf(step.only, opened)) set = only->intersected(available).value_or(set);
  if (const auto without = setOf(step.without, opened)) {
    const auto bits = static_cast<std::uint8_t>(set.bits() & ~without->bits());
    set = ModalitySet::fromBits(bits).value_or(set);
  }
  DemoLook look(set);
  look.sideBySide = step.sideBySide && opened.demo.networks.size() > 1;
  look.truth = step.truth && opened.demo.truth;
  look.layer = step.layer;
  return look;
}

}  // namespace modascope
