#include "app/experiment/planning/runs_folder.h"

#include <QCoreApplication>
#include <system_error>

#include "app/settings/path_text.h"
#include "core/system/file_facts.h"

namespace modascope {

QString whyNoRunsIn(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (!code && mayMakeFilesIn(folder)) return {};
  const std::string reason = code ? code.message() : std::string("it may not be written to");
  return QCoreApplication::translate("RunsFolder",
                                     "No run can be made in %1: %2. The folder before is kept.")
      .arg(asText(folder), QString::fromStdString(reason));
}

}  // namespace modascope
