#include "app/experiment/form/unused_edits.h"

#include "core/config/config_keys.h"

namespace modascope {

QStringList unusedEdits(const RunConfig& shown, const RunConfig& edited,
                        const RunConfig& recorded) {
  QStringList edits;
  for (const ConfigKey& key : configKeys()) {
    const ConfigValue value = key.get(edited);
    if (value == key.get(shown) || value == key.get(recorded)) continue;
    edits << QStringLiteral("%1 %2 → %3 (%4)")
                 .arg(QString::fromStdString(key.label), QString::fromStdString(toText(value)),
                      QString::fromStdString(toText(key.get(recorded))),
                      QString::fromStdString(key.key));
  }
  return edits;
}

}  // namespace modascope
