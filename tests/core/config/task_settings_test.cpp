#include "core/config/task_settings.h"

#include <QTest>
#include <algorithm>

#include "core/config/config_keys.h"
#include "tests/test_program.h"

using namespace modascope;

class TaskSettingsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void whatIsOfferedIsAllowed() {
    for (const Task task : kTasks)
      for (const ConfigKey& key : configKeys())
        for (const std::string& choice : choicesFor(key.key, task))
          QVERIFY(std::count(key.choices.begin(), key.choices.end(), choice) == 1);
  }

  void theStandardSettingsAreAmongThem() {
    for (const Task task : kTasks)
      for (const char* key : {"train.loss", "model.kind"})
        QCOMPARE(ConfigValue(choicesFor(key, task).front()), configKey(key).get(standardFor(task)));
  }

  void featuresHaveNoCropAndVolumesNoEmbedding() {
    QVERIFY(!concerns("train.crop", Task::Regression));
    QVERIFY(concerns("train.crop", Task::Segmentation2d));
    QVERIFY(!concerns("model.embedding", Task::Segmentation3d));
    QVERIFY(concerns("model.embedding", Task::Classification));
    for (const Task task : kTasks) QVERIFY(concerns("train.steps", task));
  }
};

APPLESS_TEST(TaskSettingsTest)
#include "task_settings_test.moc"
