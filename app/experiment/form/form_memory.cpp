#include "app/experiment/form/form_memory.h"

#include "app/jobs/sentence.h"
#include "app/settings/app_settings.h"
#include "core/config/config_keys.h"
#include "widgets/controls/form/config_form.h"

namespace modascope {
namespace {

const QString kPhantom = QStringLiteral("phantom");

QString kindOf(Task task, bool phantom) {
  if (phantom) return kPhantom;
  const std::string_view key = keyOf(task);
  return QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size()));
}

}  // namespace

FormMemory::FormMemory(ConfigForm& form, AppSettings& settings, const RunConfig& ofPhantom,
                       QObject* parent)
    : QObject(parent),
      form_(form),
      settings_(settings),
      ofPhantom_(ofPhantom),
      shown_(form.config()) {
  connect(&form_, &ConfigForm::changed, this, &FormMemory::remember);
}

void FormMemory::remember() {
  if (kind_.isEmpty() || !form_.problems().isEmpty()) return;
  settings_.setRunSettings(kind_, QString::fromStdString(toToml(form_.config())));
}

std::optional<RunConfig> FormMemory::remembered(const QString& kind) {
  const QString text = settings_.runSettings(kind);
  if (text.isEmpty()) return std::nullopt;
  try {
    return parseConfig(text.toStdString());
  } catch (const std::exception&) {
    Q_EMIT noted(tr("The settings of the last session are not understood, and left: %1")
                     .arg(sentenceOfCurrent()));
    return std::nullopt;
  }
}

/// Where to compute, and what to call it, is no matter of the task.
RunConfig FormMemory::standard(Task task, bool phantom) const {
  if (phantom) return ofPhantom_;
  const RunConfig own = form_.config();
  RunConfig config = standardFor(task);
  config.compute.threads = own.compute.threads;
  config.compute.device = own.compute.device;
  if (own.run != ofPhantom_.run) config.run = own.run;
  return config;
}

void FormMemory::suit(Task task, bool phantom) {
  const QString kind = kindOf(task, phantom);
  if (kind == kind_ && form_.task() == task) return;
  const bool leaves = phantom || kind_ == kPhantom || form_.task() != task;
  kind_ = kind;
  if (const auto known = remembered(kind))
    show(task, *known);
  else
    show(task, leaves ? standard(task, phantom) : form_.config());
}

void FormMemory::show(Task task, const RunConfig& config) {
  form_.setTask(task);
  form_.setConfig(config);
  shown_ = config;
}

}  // namespace modascope
