#pragma once

#include <QString>
#include <functional>

#include "app/inspect/saving/captioned_figure.h"

namespace modascope {

/// Something that a view can write to a file.
struct Export {
  enum class Kind {
    Figure,  ///< as the view looks when it is written; may have a caption
    Data,    ///< what is on show when it is chosen; written on a thread of its own
    Opening  ///< the same for another program, which is started: no name is asked for
  };

  Kind kind = Kind::Data;
  QString words;   ///< in the menu: "Slices as a picture…"
  QString name;    ///< of the file that is proposed: "Slices.png"
  QString filter;  ///< of file names: "PNG (*.png)"; empty: a folder
  /// May ask what else there is to know; returns nothing where that is not answered.
  std::function<Write(Caption)> prepare;
  /// Whether there is something to write; empty: always.
  std::function<bool()> ready = {};
  QString menu = {};  ///< in which it stands; empty: at the top
};

/// `save` draws a view into a file.
inline Export figureExport(const QString& words, const QString& name,
                           std::function<void(const std::filesystem::path&, Caption)> save) {
  const auto prepare = [save = std::move(save)](Caption caption) -> Write {
    return [save, caption](const std::filesystem::path& file) { save(file, caption); };
  };
  return {Export::Kind::Figure, words, name, figureFilter(), prepare};
}

}  // namespace modascope
