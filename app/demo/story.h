#pragma once

#include <QString>
#include <QStringList>
#include <vector>

#include "app/demo/demo_look.h"
#include "app/demo/opened_demo.h"

namespace modascope {

/// One step of a guided story: a title, one sentence, and how the page looks meanwhile.
struct StoryStep {
  QString title;
  QString sentence;     ///< with places such as {change}
  QStringList without;  ///< keys of modalities, or "most-needed"
  QStringList only;     ///< likewise; empty: all but `without`
  bool sideBySide = false;
  bool truth = false;
  DemoLayer layer = DemoLayer::None;
};

struct Story {
  QString title;
  std::vector<StoryStep> steps;
  QStringList unknown;  ///< lines that nobody understood, to be told
};

/// A story as Markdown (see demo.md in the manual): "# title", then for each step "## its title",
/// list items such as "- without: t1ce" and one paragraph.
Story storyFrom(const QString& markdown);
/// The one in the user's own folder or beside the program's resources, in a language that is
/// preferred; English where there is none.
QString storyText(const QStringList& languages);

/// The modality without which the first network loses most, by its table.
ModalityId mostNeeded(const OpenedDemo& opened);
/// What a step asks for, as far as the case has it.
DemoLook lookOf(const StoryStep& step, const OpenedDemo& opened);

}  // namespace modascope
